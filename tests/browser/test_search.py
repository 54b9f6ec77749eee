"""Search as people meet it: the contract, the words that stay on the device, other base paths, no WebAssembly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, Watch, serve
from playwright.sync_api import Browser, Page, Route

from guide import pipeline

pytestmark = pytest.mark.browser


def ask(page: Page, query: str) -> list[str]:
    """Set the fragment, wait for the answer, return the ids in order."""
    page.evaluate("q => { location.hash = '#q=' + encodeURIComponent(q) }", query)
    page.locator(f"#search-results[data-state=done][data-query={json.dumps(query, ensure_ascii=False)}]").wait_for(
        state="attached"
    )
    return page.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)")


def ask_pages(page: Page, query: str) -> list[str]:
    """Ask, then ask for the words of the pages too; the ids in order."""
    ask(page, query)
    page.locator(".g-deeper").click()
    page.locator("#search-results[data-state=done]").wait_for(state="attached")
    return page.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)")


@pytest.fixture
def search(page: Page, address: str) -> Page:
    page.goto(address + "search/")
    return page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("児童相談所", "jido-sodansho"),
        ("じどうそうだんじょ", "jido-sodansho"),
        ("ジドウソウダンジョ", "jido-sodansho"),
        ("住居確保給付金", "jukyo-kakuho"),
        ("住宅支援給付", "jukyo-kakuho"),
        ("ささえりあ", "sasaeria"),
        ("民生委員", "minsei-iin"),
    ],
)
def test_a_known_record_is_found(search: Page, query: str, expected: str) -> None:
    assert expected in ask(search, query)[:3]


def test_nonsense_finds_nothing_and_shows_numbers(search: Page) -> None:
    """No good answer is an answer: zero results, said aloud, with the way on (SEARCH-4)."""
    assert ask(search, "zzzz") == []
    assert search.locator(".g-nothing a[href^='tel:']").first.is_visible()
    assert "見つかりませんでした" in search.locator(".g-status").inner_text()


def test_urgent_words_show_the_route_above_the_results(search: Page) -> None:
    ask(search, "食べるものがない")
    assert search.locator("#search-urgent").is_visible()
    assert search.locator("[data-route=destitute]").is_visible()
    above = search.evaluate(
        "!!(document.querySelector('#search-urgent').compareDocumentPosition(document.querySelector('#search-results')) & 4)"
    )
    assert above
    ask(search, "まちづくりセンター")
    assert not search.locator("#search-urgent").is_visible()


def test_back_and_forward_answer_again(search: Page) -> None:
    first = ask(search, "家賃")
    ask(search, "介護")
    search.go_back()
    search.locator("#search-results[data-query='家賃'][data-state=done]").wait_for(state="attached")
    assert search.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)") == first
    assert search.locator("#search-box").input_value() == "家賃"


def test_answers_while_typing_and_keeps_one_place_in_history(search: Page) -> None:
    """A resting hand gets its answer; the suggestions hold names with their readings."""
    search.locator("#search-box").press_sequentially("住居確保", delay=20)
    search.locator("#search-results[data-query='住居確保'][data-state=done] li[data-id=jukyo-kakuho]").wait_for(state="attached")
    assert search.locator("#search-names option[label='じゅうきょかくほきゅうふきん']").count() == 1
    before = search.evaluate("history.length")
    search.locator("#search-box").press_sequentially("給付金", delay=20)
    search.locator("#search-results[data-query='住居確保給付金'][data-state=done]").wait_for(state="attached")
    assert search.evaluate("history.length") == before


def test_only_windows_reached_otherwise_than_by_telephone(search: Page) -> None:
    ask(search, "こころの相談")
    search.locator(".g-filters > summary").click()
    search.locator("[data-filter=ways]").check()
    search.locator("#search-results[data-state=done]").wait_for(state="attached")
    search.wait_for_timeout(300)
    ids = search.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)")
    assert "kokoro-center" in ids
    assert "nat-kokoro-dial" not in ids


def test_filters_by_situation_and_unit(search: Page) -> None:
    everything = ask(search, "相談")
    search.locator(".g-filters > summary").click()
    search.locator("[data-filter=situation]").select_option("disaster")
    search.locator("#search-results[data-state=done]").wait_for(state="attached")
    guide = json.loads(search.evaluate("fetch('/data/guide.json').then(r => r.text())"))
    situations = {r["id"]: r["situations"] for kind in ("programs", "windows") for r in guide[kind]}
    search.wait_for_timeout(300)
    filtered = search.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)")
    assert filtered
    assert all("disaster" in situations[id_] for id_ in filtered)
    assert filtered != everything


def test_a_filter_sees_all_that_was_found_not_only_what_was_shown(search: Page) -> None:
    """Records beyond the twentieth are behind a filter, programs whose window can be written to included."""
    assert "nat-immigration-info" not in ask(search, "電話")
    search.locator(".g-filters > summary").click()
    search.locator("[data-filter=situation]").select_option("foreign-residents")
    search.locator("#search-results[data-state=done] li[data-id=nat-immigration-info]").wait_for(state="attached")
    search.locator("[data-filter=situation]").select_option("")
    search.locator("[data-filter=ways]").check()
    assert "koto-shokugyo-kyufu" in ask(search, "高等職業訓練促進給付金")


def test_filters_that_leave_nothing_say_so_and_can_be_taken_off(search: Page) -> None:
    everything = ask(search, "おでかけICカード")
    search.locator(".g-filters > summary").click()
    search.locator("[data-filter=situation]").select_option("violence-rights")
    again = search.get_by_role("button", name="しぼりこみをやめる")
    again.click()
    search.locator("#search-results[data-state=done] li[data-id]").first.wait_for(state="attached")
    assert search.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)") == everything
    assert not again.is_visible()


def test_the_emergency_box_and_old_names_are_told(search: Page) -> None:
    """Who listens hears that numbers stand above; who reads sees that only an old plan knows a service."""
    ask(search, "殴られる")
    assert "急ぎの電話先を上に出しました" in search.locator(".g-status").inner_text()
    ask(search, "特別養護老人ホーム")
    assert "未確認" in search.locator("#search-results li[data-id=tokuyo] .g-tag").inner_text()


@pytest.fixture
def broken(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may log errors, for what happens when a file cannot be had."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    yield context.new_page()
    context.close()


def settled(page: Page, query: str) -> list[str]:
    """Open the fragment anew, wait until the answer stands or fails, return the ids in order."""
    page.evaluate("q => { location.hash = '#q=' + encodeURIComponent(q) }", query)
    which = f"[data-query={json.dumps(query, ensure_ascii=False)}]"
    page.locator(f"#search-results[data-state=done]{which}, #search-results[data-state=failed]{which}").wait_for(state="attached")
    return page.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)")


@pytest.fixture
def half(broken: Page, address: str) -> Page:
    """The search page when its second file cannot be had."""
    broken.route("**/search-more.json", lambda route: route.abort())
    broken.goto(address + "search/")
    return broken


@pytest.mark.parametrize(
    ("query", "ids", "route"),
    [
        ("夫に殴られる", [], "partner"),
        ("立ち退き", [], None),
        ("立ち退きを迫られた", [], None),
        ("スマホの使い方が分からない", [], None),
        ("電気が止まった", [], "destitute"),
        ("児童相談所", ["jido-sodansho"], None),
        ("児童相談所 電話", ["jido-sodansho"], None),
        ("じどうそうだんじょ", ["jido-sodansho"], None),
        ("生活保護", ["seikatsu-hogo"], None),
    ],
)
def test_half_of_the_words_answers_what_it_knows_and_says_so(half: Page, query: str, ids: list[str], route: str | None) -> None:
    """No near hits in the place of what only the second file knows; names and emergency routes stay."""
    assert settled(half, query) == ids
    shown = half.locator("[data-route]:visible").evaluate_all("all => all.map(e => e.dataset.route)")
    assert shown == ([route] if route else [])
    note, status = half.locator("#search-half"), half.locator(".g-status").inner_text()
    assert half.locator(".g-nothing").is_hidden(), "half of the words cannot say that there is nothing"
    if ids or route:
        assert "言葉の一覧の一部だけで答えています" in note.inner_text()
        assert f"一部だけで{len(ids)}件" in status if ids else "一部だけ" in status
        assert note.locator("a[href^='tel:']:visible").count() == 0
        return
    assert half.locator("#search-results").get_attribute("data-state") == "failed"
    assert "読み込めませんでした" in note.inner_text()
    assert "読み込めませんでした" in status
    assert note.locator("a[href^='tel:']").first.is_visible(), "whom to call meanwhile"


@pytest.mark.parametrize("how", ["press", "online"])
def test_half_an_answer_is_made_whole_by_a_press_or_when_the_line_is_back(half: Page, how: str) -> None:
    settled(half, "児童相談所")
    half.unroute("**/search-more.json")
    if how == "press":
        half.get_by_role("button", name="探す").click()
    else:
        half.evaluate("dispatchEvent(new Event('online'))")
    half.locator("#search-results[data-state=done] li[data-id]").nth(1).wait_for(state="attached")
    assert "一部" not in half.locator(".g-status").inner_text()


def test_a_failed_search_says_so_and_can_be_repeated(broken: Page, address: str) -> None:
    broken.route("**/search.json", lambda route: route.abort())
    broken.goto(address + "search/#q=児童相談所")
    broken.locator("#search-results[data-state=failed]").wait_for(state="attached")
    assert "読み込めませんでした" in broken.get_by_role("heading", level=2).filter(visible=True).first.inner_text()
    assert broken.locator("#search-half a[href^='tel:']").first.is_visible()
    broken.unroute("**/search.json")
    broken.get_by_role("button", name="探す").click()
    broken.locator("#search-results[data-state=done] li[data-id=jido-sodansho]").wait_for(state="attached")
    assert not broken.get_by_text("言葉の一覧を読み込めませんでした").filter(visible=True).count()


def late(page: Page, pattern: str, seconds: float) -> None:
    """Let a file come so much later."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(seconds * 1000)
        route.continue_()

    page.route(pattern, wait)


# Where the links and numbers below the box of the question stand on the screen, by what they say; hidden ones left out.
PLACES = """() => Object.fromEntries([...document.querySelectorAll('#search-urgent a, #search-half a, #search-results a')]
  .filter(e => e.checkVisibility()).map(e => [(e.closest('[data-id], [data-route], section').dataset.id ?? '') + e.href,
    [e.getBoundingClientRect().left, e.getBoundingClientRect().top].map(Math.round)]))"""


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("児童相談所", "#search-results li[data-id=jido-sodansho]"),
        ("殴られる", "#search-urgent"),
        ("住居確保給付金", "#search-results li[data-id=jukyo-kakuho]"),
        ("立ち退きを迫られた", "#search-half .g-half__numbers"),
    ],
)
def test_nothing_that_stood_for_a_second_moves_when_the_rest_comes(broken: Page, address: str, query: str, first: str) -> None:
    """The second file 2.5 s late: cards, routes and numbers that can be pressed stay where they are on the screen."""
    late(broken, "**/search-more.json", 2.5)
    broken.goto(address + f"search/#q={query}", wait_until="commit")
    broken.locator(first).first.wait_for()
    broken.wait_for_timeout(1100)
    assert broken.locator("#search-results[data-state=busy]").count() == 1, "not all is there"
    before = broken.evaluate(PLACES)
    assert before
    broken.locator(f"#search-results[data-state=done][data-query='{query}'] li[data-id]").first.wait_for(state="attached")
    after = broken.evaluate(PLACES)
    assert {name: after.get(name) for name in before} == before
    assert len(after) > len(before), "the rest has come"
    assert "そろいました" in broken.locator("#search-half").inner_text()
    assert "一部" not in broken.locator(".g-status").inner_text()


def test_an_emergency_route_that_comes_late_is_in_view_and_moves_nothing(broken: Page, address: str) -> None:
    """The box comes above what has stood, and the page is scrolled by its height."""
    core: dict[str, object] = {}

    def without_alarms(route: Route) -> None:
        core.update(json.loads(route.fetch().text()))
        route.fulfill(json=core | {"urgent": [[id_, "けっして言われない言葉"] for id_, _ in core["urgent"]]})  # type: ignore[attr-defined]

    broken.route("**/search.json", without_alarms)
    late(broken, "**/search-more.json", 2.5)
    broken.goto(address + "search/#q=いじめられて死にたい", wait_until="commit")
    card = broken.locator("#search-results li[data-id=nat-kodomo-sos] a").first
    card.wait_for()
    broken.wait_for_timeout(1100)
    before = broken.evaluate(PLACES)
    broken.locator("#search-results[data-state=done]").wait_for(state="attached")
    after = broken.evaluate(PLACES)
    assert {name: after.get(name) for name in before} == before
    assert broken.locator("#search-urgent a[href^='tel:']:visible").evaluate_all(
        "all => all.some(e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight)"
    ), "a number can be pressed without scrolling"


def test_a_list_that_comes_at_once_is_in_its_order(search: Page) -> None:
    """What stands of one question never holds up the answer to the next one."""
    ask(search, "児童相談所")
    search.wait_for_timeout(1100)
    fresh = ask(search, "児童相談所 電話")
    search.reload()
    search.locator("#search-results[data-state=done]").wait_for(state="attached")
    assert search.locator("#search-results li[data-id]").evaluate_all("items => items.map(li => li.dataset.id)") == fresh


def test_the_words_of_pages_that_cannot_be_had_are_told(broken: Page, address: str) -> None:
    """What names and words know stands all the same."""
    broken.route("**/pagefind/index/*", lambda route: route.abort())
    broken.goto(address + "search/")
    known = ask(broken, "殴られてばかりの毎日をどうにかしたい")
    assert ask_pages(broken, "殴られてばかりの毎日をどうにかしたい") == known
    assert "ページの本文は、いまは探せません。" in broken.locator(".g-status").inner_text()
    assert broken.locator("#search-urgent").is_visible()


def test_words_typed_before_the_script_are_kept(broken: Page, address: str) -> None:
    """Somebody was faster than a slow line."""
    broken.route("**/search.js", lambda route: (broken.locator("#search-box").fill("家賃"), route.continue_()))
    broken.goto(address + "search/", wait_until="commit")
    broken.locator("#search-results[data-query='家賃'][data-state=done] li[data-id]").first.wait_for(state="attached")
    assert broken.locator("#search-box").input_value() == "家賃"


def test_the_focus_stays_on_a_result_while_more_comes(broken: Page, address: str) -> None:
    """A card that stays is not built anew under somebody's finger."""
    broken.goto(address + "search/#q=児童相談所")
    broken.locator("#search-results[data-state=done]").wait_for(state="attached")
    card = broken.locator("#search-results li[data-id=jido-sodansho] a").first
    card.focus()
    ask(broken, "児童相談所 電話")
    ask(broken, "児童相談所")
    assert broken.evaluate("document.activeElement.closest('li')?.dataset.id") == "jido-sodansho"


def test_sending_a_question_again_and_again_keeps_one_place_in_history(search: Page) -> None:
    """Leaving replaces one place only, so the search page must not leave several (DV-2)."""
    before = search.evaluate("history.length")
    for query in ("殴られる", "夫がこわい"):
        search.locator("#search-box").fill(query)
        search.locator("#search-box").press("Enter")
        search.locator(f"#search-results[data-query='{query}'][data-state=done]").wait_for(state="attached")
    assert search.evaluate("history.length") == before


def test_the_question_is_in_no_request(browser: Browser, address: str) -> None:
    """The words stay in the fragment or in memory (SEC-6)."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(address)
    page.locator("#home-search").fill("himitsu ひみつ")
    page.locator("#home-search").press("Enter")
    page.locator("#search-results[data-state=done]").wait_for(state="attached")
    requests = [url.split("#")[0] for url in asked]
    assert not [url for url in requests if "himitsu" in url or "%E3%81%B2" in url]
    assert not [url for url in requests if "fragment" in url], "nor do requests tell which pages answered"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_the_policy_holds_while_the_full_text_is_asked(browser: Browser, address: str) -> None:
    """Trusted Types included: Pagefind's worker was the one violation, so it works without one."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    page = context.new_page()
    watch, asked, workers = Watch(page, address), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("worker", lambda worker: workers.append(worker.url))
    page.goto(address + "search/")
    page.evaluate("addEventListener('securitypolicyviolation', e => console.error('violated', e.violatedDirective))")
    for query in ("窮迫状態", "前の計画にあった補助", "殴られる", "zzzz"):
        ask_pages(page, query)
    assert any("/pagefind/index/" in url for url in asked)
    assert (watch.errors, watch.strangers, workers) == ([], [], [])
    refused = "(() => { try { document.body.innerHTML = '<b>x</b>' } catch (error) { return error.name } })()"
    assert page.evaluate(refused) == "TypeError"
    policy = "(() => { try { trustedTypes.createPolicy('x', {}) } catch (error) { return error.name } })()"
    assert page.evaluate(policy) == "TypeError"
    context.close()


QUESTIONS = ("窮迫状態", "家賃", "夫に殴られる", "zzzz", "家計全体", "Bị mất nhà", "認知症の父", "こども食堂", "096-328-2312")


def asked_of_the_host(browser: Browser, public: Path, query: str, *, pages: bool) -> list[str]:
    """What a server sees of a visitor who asks one question, in order."""
    seen: list[str] = []
    server, url = serve(public, seen=seen)
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    page = context.new_page()
    page.goto(url + "search/")
    (ask_pages if pages else ask)(page, query)
    page.wait_for_load_state("networkidle")
    context.close()
    server.shutdown()
    server.server_close()
    return [path.partition("?ts=")[0] for path in seen]  # Pagefind adds the time, which is no news to the host


@pytest.mark.parametrize("pages", [False, True])
def test_what_is_fetched_tells_no_question_from_another(browser: Browser, public: Path, *, pages: bool) -> None:
    """By its host's log, every question looks the same (SEC-6): names and words, and the words of pages too."""
    patterns = {tuple(sorted(asked_of_the_host(browser, public, query, pages=pages))) for query in QUESTIONS}
    assert len(patterns) == 1, patterns


def test_full_text_finds_what_only_a_page_says(search: Page, public: Path) -> None:
    """Words that stand in one body and in no name or word list are found through Pagefind."""
    phrase = "家計全体"
    for name in ("search.json", "search-more.json"):
        assert phrase not in (public / "data" / name).read_text(encoding="utf-8")
    assert "hoterasu" not in ask(search, phrase)
    assert "hoterasu" in ask_pages(search, phrase)
    assert "件は、ページの本文からです。" in search.locator(".g-status").inner_text()


def test_search_below_another_base_path(browser: Browser, tmp_path: Path) -> None:
    """Results, index and full text all honour --base-path."""
    job = pipeline.Job(HOME / "tests" / "sites" / "good", HOME, tmp_path / "public", MINI_TODAY, "/a/b/")
    assert pipeline.build(job).published
    server, url = serve(tmp_path / "public", "/a/b/")
    context = browser.new_context()
    page = context.new_page()
    watch = Watch(page, url)
    page.goto(url + "search/")
    assert ask(page, "こめびつびん") == ["kome-bin"]
    assert "minato-kai" in ask_pages(page, "昔からの集まり")
    page.locator("#search-results a.g-card__name").first.click()
    page.wait_for_url("**/a/b/consultation/minato-kai/")
    assert watch.errors == []
    assert watch.strangers == []
    context.close()
    server.shutdown()
    server.server_close()


def test_without_webassembly_the_rest_answers(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script("delete globalThis.WebAssembly; delete globalThis.Worker;")
    page = context.new_page()
    page.goto(address + "search/")
    assert ask(page, "児童相談所")[0] == "jido-sodansho"
    assert "hoterasu" not in ask_pages(page, "家計全体"), "what only a page says is not found, and the answer comes all the same"
    context.close()
