"""For staff who tune the search words: `build.py search "…"` and `build.py words`. Values in, text out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from guide.search import data_files
from guide.search.normalise import fold
from guide.search.ranker import Answer, Ranker
from guide.site.items import Item
from guide.site.site import Site

FEW = 12  # records with fewer people's words are listed


def search(site: Site, static: Mapping[str, bytes], query: str) -> str:
    """The answer to a question with the score of each layer, as the search page would give it (without full text)."""
    ranker = Ranker(static, data_files.first(site), data_files.more(site))
    items = list(site.items.values())
    routes = {route.id: route.title for route in site.routes}
    return "\n".join(_answer(ranker.answer(query), items, query, routes)) + "\n"


def _answer(answer: Answer, items: Sequence[Item], query: str, routes: Mapping[str, str]) -> Iterator[str]:
    for id_ in answer.routes:
        yield f"急ぎの案内: {routes[id_]}"
    yield f"「{query}」 … {len(answer.results)} 件（言葉で説明できる割合 {answer.explained:.0%}）"
    layers = {"words": "名前と言葉", "need": "困りごと"}
    for place, result in enumerate(answer.results[:10], 1):
        item = items[result.record]
        parts = "、".join(f"{layers[layer]} {score:.1f}" for layer, score in result.parts[:4])
        yield f"{place:2} {result.score:6.1f}  {item.record.name}（{item.id}）  {parts}  いちばん近い言葉「{result.why}」"
    if not answer.results:
        yield "この案内にはありません（代表の電話を案内します）。"


def words(site: Site) -> str:
    """Records with few words, and words that stand on several records (they tell none of them apart)."""
    owners: dict[str, list[str]] = defaultdict(list)
    for item in site.items.values():
        for word in dict.fromkeys(fold(word) for word in item.record.words):
            owners[word].append(item.record.name)
    few = [f"  {item.record.name}: {len(item.record.words)} 個" for item in site.items.values() if len(item.record.words) < FEW]
    shared = [f"  {word}: {'、'.join(names)}" for word, names in sorted(owners.items()) if len(names) > 1]
    lines = [f"言葉が {FEW} 個より少ない記録 {len(few)} 件", *few, f"2つ以上の記録にある言葉 {len(shared)} 個", *shared]
    return "\n".join(lines) + "\n"
