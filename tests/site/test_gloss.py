"""Words of the offices are explained once, where they first stand."""

from __future__ import annotations

from guide.read.vocabulary import Term
from guide.site.gloss import first_uses

KOKU = Term(term="校区", yomi="こうく", aliases=("小学校区",), meaning="小学校ごとの区域です。")
SHAKYO = Term(term="校区社会福祉協議会", yomi="こうくしゃかいふくしきょうぎかい", aliases=("校区社協",), meaning="団体です。")


def test_a_term_is_explained_where_it_first_stands_and_only_there() -> None:
    found = first_uses([KOKU, SHAKYO], [("a", "なにもない"), ("b", "小学校区の人"), ("c", "校区のこと")])
    assert found == {"a": (), "b": (KOKU,), "c": ()}


def test_the_longer_term_wins() -> None:
    assert first_uses([KOKU, SHAKYO], [("a", "校区社協に聞く")])["a"] == (SHAKYO,)


def test_without_terms_nothing_is_explained() -> None:
    assert first_uses([], [("a", "校区")]) == {"a": ()}
