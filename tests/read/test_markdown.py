"""Text of staff to HTML: nothing gets through that is not ours, links have their places, readings become ruby."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.pages import html_facts
from guide.read import markdown


def html(text: str) -> str:
    return str(markdown.html(markdown.parse(text, "f.md", 1), lambda target: target))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b**", "<p>a <strong>b</strong></p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", '<p><a href="">x</a></p>\n'),  # and a finding, so that it is never published
        (
            "{申請|しんせい}する",
            '<p><ruby>申請<rp>（</rp><rt aria-hidden="true">しんせい</rt><rp>）</rp></ruby>する</p>\n',
        ),
        ("{申請|<b>}", "<p>{申請|&lt;b&gt;}</p>\n"),
        ("{ {申請|x} }", "<p>{ {申請|x} }</p>\n"),
    ],
)
def test_html(text: str, expected: str) -> None:
    assert html(text) == expected


def test_links_are_found_with_line_and_column() -> None:
    text = "一行目\n\n- [a](x.md) と [b](y.md)\n\n| 表 |\n|---|\n| [c](z.md#q) |\n"
    links = markdown.parse(text, "f.md", 10).links
    assert [(link.target, link.text, link.place.line, link.place.column) for link in links] == [
        ("x.md", "a", 12, 7),
        ("y.md", "b", 12, 19),
        ("z.md#q", "c", 16, 7),
    ]


def test_easy_lines_keep_readings_apart() -> None:
    assert markdown.without_readings("{区役所|くやくしょ}に {電話|でんわ}") == "区役所に 電話"
    assert '<rt aria-hidden="true">でんわ</rt>' in markdown.ruby("<{電話|でんわ}>")
    assert markdown.ruby("<b>").startswith("&lt;b&gt;")


@given(st.text())
def test_no_text_makes_a_script_or_a_style(text: str) -> None:
    """Whatever staff type, the page has no inline script, style or handler."""
    facts = html_facts.read("x.html", html(text).encode("utf-8", "replace"))
    assert facts.inline == []


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        *(
            (target, None)
            for target in ("https://a.example/", "HTTPS://A.EXAMPLE/x", "Http://a.example:8080", "MAILTO:a@b.example")
        ),
        *((target, None) for target in ("https://a.example:65535/", "https://a.example/%E3%81%82?b=1#c")),
        *((target, "L002") for target in ("https://a.example:65536/", "https://a.example:99999", "https:a.example", "HTTPS:/x")),
        *(
            (target, "L002")
            for target in ("https://", "http:///x", "http://[x", "https://a@b.example/", "JavaScript:x", "tel:110")
        ),
    ],
)
def test_links_that_lead_somewhere_and_those_that_do_not(target: str, fault: str | None) -> None:
    found = markdown.parse(f"[みなとの会]({target})", "f.md", 1).findings
    assert [finding.code for finding in found] == ([fault] if fault else [])


def test_a_body_is_cut_at_its_own_headings_only() -> None:
    """Sections begin at `##` that stand by themselves, whatever the text holds; nothing is lost between them."""
    text = "前\n\n## 一つ **太**\n\n文\n\n> ## 引用\n\n### 小\n\n## 二つ\n\n[x](y.md)\n"
    lead, sections = markdown.sections(markdown.parse(text, "f.md", 1), lambda target: f"/{target}")
    assert lead == "<p>前</p>\n"
    assert [str(each.heading) for each in sections] == ["<h2>一つ <strong>太</strong></h2>", "<h2>二つ</h2>"]
    assert "<h2>引用</h2>" in sections[0].text
    assert 'href="/y.md"' in sections[1].text
    whole = str(lead) + "".join(f"{each.heading}\n{each.text}" for each in sections)
    assert whole == str(markdown.html(markdown.parse(text, "f.md", 1), lambda target: f"/{target}"))


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("- [a](x)", 1),
        ("- [a](x)（新）", 1),
        ("- くわしい話は[a](x)、[b](y)。", 0),
        ("| 表 |\n|---|\n| [a](x)、[b](y) |", 2),
        ("[a](x)", 0),
    ],
)
def test_links_that_stand_alone_are_marked(text: str, alone: int) -> None:
    """In items and cells; the comma between two of them is for who listens."""
    made = html(text)
    assert made.count('class="alone"') == alone
    assert made.count('<span class="comma">、</span>') == (alone == 2)
