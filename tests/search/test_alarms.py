"""Which emergency route comes first for what people say, and what calls for none. On the real guide, without a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import HOME, TODAY

from guide import pipeline
from guide.read import load
from guide.read.records import Window
from guide.read.vocabulary import Sign
from guide.search import data_files
from guide.search.ranker import Ranker
from guide.search.signs import compact
from guide.site import site

GENERAL = {"higomaru", "shiyakusho"}
# Numbers of which a record says that somebody answers at any hour.
ALWAYS = "24時間"


@pytest.fixture(scope="module")
def guide() -> site.Site:
    content, _ = pipeline.checked(pipeline.Job(HOME, HOME, HOME / "public", TODAY))
    return site.build(content, TODAY, "/")


@pytest.fixture(scope="module")
def ranker(guide: site.Site) -> Ranker:
    return Ranker(load.static(HOME / "static"), data_files.first(guide), data_files.more(guide))


@pytest.mark.parametrize(
    ("query", "route"),
    [
        ("My husband hits me", "partner"),
        ("夫に殴られる", "partner"),
        ("別れた夫が家の前で待っている", "attack"),
        ("お父さんがいなくなった", "missing"),
        ("ぼけた親父のおらんごつなった 裸足で出て行かした", "missing"),
        ("my son did not come home", "missing"),
        ("乳児が熱", "child-illness"),
        ("赤ちゃんが熱を出した", "child-illness"),
        ("con tôi sốt cao", "child-illness"),
        ("急に具合が悪い 救急車を呼ぶか迷う", "adult-illness"),
        ("介護に疲れた 殺してしまいそう", "carer"),
        ("母の介護でもう限界 手が出そう", "carer"),
        ("介護殺人", "carer"),
        ("今夜寝る所がない", "destitute"),
        ("三日食べてない", "destitute"),
        ("生活保護を申請したい", "destitute"),
        ("死にたい", "suicide"),
        ("近所の子の泣き声が毎晩する 虐待かも", "child"),
        ("施設で母が叩かれている", "elder-disability"),
        ("息をしていない", "life"),
        ("家が燃えている", "life"),
        ("息がでけん", "life"),
        ("血がとまらん", "life"),
        ("胸が痛くて冷や汗が出る", "life"),
        ("子どもがボタン電池を飲んだ", "life"),
        ("こどもがけいれんしている", "life"),
        ("父がろれつが回らない", "life"),
        ("のどに餅が詰まった", "life"),
        ("歩けん 水が来る", "life"),
        ("裏の川のあふれそう 逃げたかばってん歩けん", "life"),
        ("今から電車に飛び込む", "life"),
        ("包丁で刺された", "life"),
        ("夫に包丁を向けられた", "attack"),
        ("知らない人が家に入ってきた", "attack"),
        ("知らん男についてこらるる、えすか", "attack"),
        ("ストーカーがおる", "attack"),
        ("会社で殴られる", "attack"),
        ("someone is breaking in", "attack"),
        ("he has a knife", "attack"),
        ("có người đột nhập vào nhà", "attack"),
        ("息子に首を絞められた", "attack"),
        ("夫に家を出て行けと言われた", "partner"),
        ("旦那に追い出された", "partner"),
        ("父が母を殴る", "partner"),
        ("息子が妻を殴る", "partner"),
        ("my wife beats me", "partner"),
        ("大家に出て行けと言われた", "destitute"),
        ("孫が嫁に叩かれとる", "child"),
        ("子どもがたたきそうで怖い", "child"),
        ("息子が私を叩く", "elder-disability"),
        ("息子がぶったたくけん、家におれん", "elder-disability"),
        ("レイプされた", "sexual"),
        ("I was raped", "sexual"),
        ("bị cưỡng hiếp", "sexual"),
        ("痴漢", "sexual"),
    ],
)
def test_the_route_that_fits_comes_first(ranker: Ranker, query: str, route: str) -> None:
    assert ranker.answer(query).routes[:1] == [route]


@pytest.mark.parametrize(
    "query",
    [
        "I want to study Japanese",
        "tôi muốn đổi nhà",
        "住宅を出なければならない",
        "renew my passport",
        "lost my passport",
        "I need a winter coat for my kid",
        "経済的に二人目がきびしい",
        "大学に進むのがこわい",
        "仕事をなくした",
        "虐待の通報 手順",
        "高齢者虐待についての論文",
        "生活保護を受けると車は持てないのか",
        "児童手当",
        "My boss took my passport",
        "子どもの熱中症予防",
        "猫が帰ってこない",
        "ペットがいなくなった",
        "薬の飲み合わせを聞きたい",
        "暴力団の立ち退き",
        "こどもの虐待防止の講演会",
        "kill mosquitoes in my garden",
        "I want to die my hair",
        "休日当番医の表はどこ",
        "妻が子どもを連れて出ていった",
        "",
    ],
)
def test_no_route_without_need(ranker: Ranker, query: str) -> None:
    """Function words, endings and topics of procedure say nothing; neither does a topic that is not of this guide."""
    assert ranker.answer(query).routes == []


@pytest.mark.parametrize("query", ["首を吊ろうとしている", "薬をたくさん飲んだ", "今から死ぬ", "I took too many pills"])
def test_suicide_begun_calls_the_ambulance_then_the_line(ranker: Ranker, query: str) -> None:
    assert ranker.answer(query).routes[:2] == ["life", "suicide"]


@pytest.mark.slow
def test_signs_hold_on_questions_that_they_were_not_learned_from(ranker: Ranker) -> None:
    """The bars of the bench: a route for 97 of 100 in danger, for 2 of 150 others at most."""
    learned, asked = (_questions(name) for name in ("alarms-learn.jsonl", "alarms.jsonl"))
    assert not {each["query"] for each in learned} & {each["query"] for each in asked}
    shown = [(each["urgent"] == "yes", bool(ranker.answer(each["query"]).routes)) for each in asked]
    urgent = [is_ for needed, is_ in shown if needed]
    needless = [is_ for needed, is_ in shown if not needed]
    assert sum(urgent) >= 0.97 * len(urgent)
    assert sum(needless) <= 2 / 150 * len(needless)


def _questions(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HOME / "bench" / name).read_text(encoding="utf-8").splitlines()]


def test_signs_tell_of_every_route_and_of_no_other(guide: site.Site) -> None:
    told = {sign.route for sign in guide.signs if sign.route}
    assert told == {route.id for route in guide.routes}


def test_signs_are_packed_in_letters() -> None:
    """Steps of a half: a for, A against; the first letter is for any route; pieces that tell alike stand together."""
    signs = [Sign(route="life", weight=-5.0), Sign(weight=-0.5, pieces="息 x"), Sign(route="life", weight=1.5, pieces="息")]
    gone = Sign(route="no-more", weight=2, pieces="y")
    assert compact([*signs, gone], ["life"]) == {"routes": ["life"], "starts": [-5.0], "pieces": "x 息", "levels": "A.Ac"}


def test_debts_and_landlords_are_no_abuse(ranker: Ranker) -> None:
    """Threats by lenders are for the police; a landlord's word is no abuse of a child."""
    assert ranker.answer("闇金に脅されている").routes in ([], ["attack"])
    assert "child" not in ranker.answer("大家に出て行けと言われた").routes


def test_a_wish_to_flee_is_no_lost_pet(ranker: Ranker) -> None:
    """「Not in this guide」 needs a piece that tells of such a topic, not an ending that it shares."""
    assert not ranker.answer("同居人から逃げたい").elsewhere
    assert ranker.answer("飼っていたインコが逃げた").elsewhere


def test_the_windows_of_routes_can_be_called_at_any_hour(guide: site.Site) -> None:
    """Every window has a number of its own, the first is a specialist, one answers at any hour."""
    for route in guide.routes:
        windows = [guide.items[id_].record for id_ in route.windows]
        assert all(isinstance(window, Window) and any(phone.diallable for phone in window.phones) for window in windows), route.id
        assert route.windows[0] not in GENERAL, route.id
        hours = [phone.hours for window in windows if isinstance(window, Window) for phone in window.phones]
        assert any(text.startswith(ALWAYS) or ALWAYS in text for text in hours), route.id


def test_nowhere_to_sleep_has_one_order(guide: site.Site) -> None:
    """The section first, then the scheme and the centre, at night the hotline; groups without a number later."""
    order = ["hogo-ka", "seikatsu-hogo", "seikatsu-jiritsu-center", "nat-yorisoi"]
    leads = {concept.id: list(concept.leads_to) for concept in guide.concepts}
    assert leads["konya-nerubasho"][:4] == leads["kyo-oidasareta"][:4] == order
    for concept, led in leads.items():
        groups = [led.index(id_) for id_ in ("greencoop", "shien-no-kai") if id_ in led]
        assert all(led.index("seikatsu-jiritsu-center") < place for place in groups), concept


def test_the_bench_measures_a_file(tmp_path: Path, ranker: Ranker, capsys: pytest.CaptureFixture[str]) -> None:
    import alarms  # noqa: PLC0415  # a command of bench/

    lines = [{"query": "死にたい", "urgent": "yes", "route": "suicide"}, {"query": "児童手当", "urgent": "no", "route": ""}]
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    alarms.measure(ranker, path, misses=True)
    assert capsys.readouterr().out == "few.jsonl: shown 1, first 1, among 1 of 1; needless 0 of 1\n"
