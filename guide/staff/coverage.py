"""What the guide covers of its sources, as a report for staff: `build.py coverage`. Values in, text out."""

from __future__ import annotations

from collections.abc import Iterator

from guide.read.records import Window
from guide.site.items import Item
from guide.site.site import Site


def report(site: Site) -> str:
    """Every row of the plan with its page, what is thin, and how complete the records are."""
    parts = (_rows(site), _gaps(site), _decisions(site), _completeness(site))
    return "\n".join(line for part in parts for line in part) + "\n"


def _rows(site: Site) -> Iterator[str]:
    yield f"計画の行 {len(site.rows)} 件"
    for measure in sorted({row.measure for row in site.rows}):
        rows = [row for row in site.rows if row.measure == measure]
        yield f"  取組{measure}（{len(rows)} 件）"
        for row in rows:
            yield f"    {row.name}（{row.lines} 行） → {site.items[row.record].url}"


def _gaps(site: Site) -> Iterator[str]:
    windows = [item for item in site.items.values() if item.kind == "window"]
    programs = [item for item in site.items.values() if item.kind == "program" or item.record.unit]
    without = [s.name for s in site.situations if not any(s.id in w.record.situations for w in windows)]
    yield f"窓口のない分野: {'、'.join(without) or 'なし'}"
    empty = [unit.name for unit in site.units if not any(item.record.unit == unit.id for item in programs)]
    yield f"事業のない単位: {'、'.join(empty) or 'なし'}"
    kinds = {case.id: [site.items[id_].kind for id_ in case.leads_to] for case in site.cases}
    alone = [case.text for case in site.cases if "window" not in kinds[case.id]]
    yield f"「こんなとき」で、窓口でなく事業だけに続くもの（事業のページに窓口があります）: {len(alone)} 件"
    silent = [w.record.name for w in windows if isinstance(w.record, Window) and not w.record.phones]
    yield f"自分の番号が確かめられていない窓口: {len(silent)} 件（{'、'.join(silent)}）"


def _decisions(site: Site) -> Iterator[str]:
    names = {"record": "自分のページ", "section": "ほかのページの中", "name": "別の名前として"}
    counts = {label: sum(d.decision == kind for d in site.decisions) for kind, label in names.items()}
    yield f"表のほかに計画に出る名前 {len(site.decisions)} 件: " + "、".join(f"{k} {v} 件" for k, v in counts.items())


def _completeness(site: Site) -> Iterator[str]:
    items = list(site.items.values())
    told = ("when", "for_whom", "start", "prepare", "next", "easy", "english")

    def share(label: str, holds: list[bool]) -> str:
        return f"  {label}: {sum(holds)} / {len(holds)} 件"

    yield f"記録 {len(items)} 件"
    yield share("すべての項目がある", [all(getattr(item.record, field) for field in told) for item in items])
    yield share("やさしい日本語がある", [bool(item.record.easy) for item in items])
    yield share("ふだんの言葉が12以上ある", [len(item.record.words) >= 12 for item in items])
    yield share("出典がある", [bool(item.record.sources or item.record.contacts) for item in items])
    yield share("かけられる番号に着く", [_reaches_a_number(site, item) for item in items])


def _reaches_a_number(site: Site, item: Item) -> bool:
    """Own number, a named window's, or the general one, which every edition must have."""
    general = site.config.contact.general
    ids = [item.id, *item.record.windows, *item.record.instead, *general]
    windows = [site.items[id_].record for id_ in ids if site.items[id_].kind == "window"]
    return any(phone.diallable for window in windows if isinstance(window, Window) for phone in window.phones)
