"""Rules over the questions: every way ends, soon, at a number that can be dialled; no question is dead; nothing is promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guide.read.edition import Content, Entry, records
from guide.read.findings import Finding
from guide.read.later import now
from guide.read.questions import HOME, MOST, RESERVED, Checker, Outcome, Question, Spot, following, nodes, parts, steps
from guide.read.records import Window
from guide.read.situations import Situation
from guide.rules import prose, references, safety, services

# What an outcome must not say of a help: whether somebody gets it is decided by the office alone.
PROMISES = (
    "もらえます",
    "受けられます",
    "受け取れます",
    "借りられます",
    "使えます",
    "入れます",
    "支給されます",
    "無料になります",
)


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    found = list(no_case_has_the_folders_name(content))
    if not content.of("checkers"):
        return found
    for rule in (of_a_situation, references_resolve, ids_differ, outcomes_are_whole, nothing_is_promised):
        found += [finding for entry in content.of("checkers") for finding in rule(content, entry)]
    found += safety_is_answered(content)
    found += topics_are_marked(content)
    return found if found or not content.lost.isdisjoint({"checkers", "cases"}) else list(ways_end(content))


def checker_of(entry: Entry) -> Checker:
    """The noun of an entry of this kind."""
    assert isinstance(entry.noun, Checker)
    return entry.noun


def inside(entry: Entry) -> Iterator[Entry]:
    """The questions, answers, outcomes and fits of a checker, as entries with their places."""
    for path, noun in parts(checker_of(entry)):
        yield Entry(getattr(noun, "id", entry.id), now(noun), entry.document, (*entry.at, *path))


def outcomes(content: Content) -> Iterator[tuple[Entry, Outcome]]:
    """The outcomes of all checkers, as entries with their noun."""
    for entry in (part for checker in content.of("checkers") for part in inside(checker)):
        if isinstance(entry.noun, Outcome):
            yield entry, entry.noun


def no_case_has_the_folders_name(content: Content) -> Iterator[Finding]:
    """A case's page would stand where the questions of its situation do."""
    for entry in (each for each in content.of("cases") if each.id == RESERVED):
        hint = f"別の id にしてください。situations/…/{RESERVED}/ には、質問のページができます。"
        yield Finding(entry.place("id"), "Q006", f"「こんなとき」の id に「{RESERVED}」は使えません。", hint)


def of_a_situation(content: Content, entry: Entry) -> Iterator[Finding]:
    """A checker bears the id of its situation, or is the first page's."""
    if entry.id != HOME and references.is_lost(content, entry.id, ("situations",)):
        yield references.dangling(content, entry.place("id"), f"id: 困りごとの分野「{entry.id}」", entry.id, ("situations",))


def references_resolve(content: Content, entry: Entry) -> Iterator[Finding]:
    """Whatever is pointed at exists: questions, outcomes, cases, other checkers, windows, records, topics."""
    own = nodes(checker_of(entry))
    for part in inside(entry):
        yield from references.fields_resolve(content, part)
        if isinstance(part.noun, Outcome):
            windows = {each.id: each.noun for each in content.of("consultation") if isinstance(each.noun, Window)}
            yield from services.services_are_named(content, part, windows)
        for step in steps(part.noun) if isinstance(part.noun, Question) else ():
            if step.to not in own and references.is_lost(content, step.to, ("cases", "checkers")):
                maybe = content.near.word(step.to, {*own, *content.ids("cases", "checkers")})
                hint = f"{maybe}この並びの質問か結果、「こんなとき」、ほかの質問の並びの id を書いてください。"
                yield Finding(part.place(*step.at), "R001", f"行き先「{step.to}」はありません。", hint)


def ids_differ(content: Content, entry: Entry) -> Iterator[Finding]:
    """An id names one thing among all that an answer can lead to."""
    taken = dict.fromkeys(content.ids("cases"), "「こんなとき」") | dict.fromkeys(content.ids("checkers"), "質問の並び")
    for part in inside(entry):
        if not isinstance(part.noun, Question | Outcome):
            continue
        if part.id in taken:
            message = f"id「{part.id}」は、{taken[part.id]}の id と同じです。"
            yield Finding(part.place("id"), "R002", message, "どの行き先か分からないので、別の id にしてください。")
        taken[part.id] = "ほかの質問か結果"


def outcomes_are_whole(content: Content, entry: Entry) -> Iterator[Finding]:
    """Every window of an outcome can be dialled; what could fit is told with its condition, and only where that is meant."""
    known = safety.windows(content)
    ended = {each.id for each, record in records(content) if record.status == "ended"}
    for part in inside(entry):
        if not isinstance(outcome := part.noun, Outcome):
            continue
        for i, id_ in enumerate(outcome.windows):
            if not safety.can_dial(known.get(id_)):
                message = f"windows: 窓口「{id_}」には、かけられる番号がありません。"
                yield Finding(part.place("windows", i), "Q004", message, "かけられる番号のある窓口だけを書いてください。")
        named = [(("windows", i), id_) for i, id_ in enumerate(outcome.windows)]
        named += [(("fits", i, "record"), fit.record) for i, fit in enumerate(outcome.fits)]  # type: ignore[misc]
        for path, id_ in named:
            if id_ in ended:
                message = f"{path[0]}: 「{id_}」は終わった取り組みです。"
                yield Finding(part.place(*path), "S005", message, "今あるものに替えるか、消してください。")
        if bool(outcome.fits) != (outcome.kind == "fits"):
            hint = "fits には、合うかもしれない記録（record）と、決め手の条件（decides）を並べます。call と ask には書きません。"
            yield Finding(part.place("kind"), "Q005", f"結果の種類「{outcome.kind}」と、fits の有る無しが合いません。", hint)
        if outcome.kind == "ask" and len(outcome.windows) > 1:
            hint = "「まずここに聞く」窓口を1つだけにしてください。いくつも要るときは kind: call にします。"
            yield Finding(part.place("windows"), "Q005", f"ask の窓口が {len(outcome.windows)} つあります。", hint)


def nothing_is_promised(_content: Content, entry: Entry) -> Iterator[Finding]:
    """No text says that somebody gets a help."""
    for passage in prose.passages(entry):
        for word in (word for word in PROMISES if word in passage.text):
            hint = "約束にならないよう「〜のための助けです。〜かどうかで決まります」「〜できることがあります」と書く。"
            yield Finding(passage.place, "P003", f"「{word}」は約束する言い方です。", hint)


def safety_is_answered(content: Content) -> Iterator[Finding]:
    """An outcome about safety bears its topic and begins with one of the topic's specialists, as a case does."""
    known = {topic.id: topic for _, topic in safety.topics(content)}
    for entry, outcome in outcomes(content):
        texts = (outcome.title, outcome.text)
        spoken = next(((t, w) for t in known.values() if t.safety and (w := safety.word_of(t, outcome.id, texts))), None)
        topic = known.get(outcome.topic or "")
        if topic is None and spoken:
            message = f"安全にかかわる話題（{spoken[0].name}）の言葉「{spoken[1]}」がありますが、topic がありません。"
            yield Finding(entry.place("title"), "S002", message, f"topic: {spoken[0].id} と書いてください。")
        elif topic and topic.safety and outcome.windows[0] not in topic.first:
            message = f"安全にかかわる結果（{topic.name}）が、専門の窓口から始まっていません。"
            yield Finding(entry.place("windows", 0), "S002", message, f"windows の最初に書ける窓口: {'、'.join(topic.first)}")


def topics_are_marked(content: Content) -> Iterator[Finding]:
    """Questions with a sensitive topic's word stand in a sensitive situation; those of the first page are always shown so."""
    marked = {e.id: e.noun.sensitive for e in content.of("situations") if isinstance(e.noun, Situation)}
    for entry in (each for each in content.of("checkers") if not marked.get(each.id, True)):
        for passage in prose.passages(entry):
            found = ((t, safety.word_of(t, entry.id, (passage.text,))) for _, t in safety.topics(content) if t.sensitive)
            topic, word = next(((topic, word) for topic, word in found if word), (None, None))
            if topic:
                message = (
                    f"見られると困る話題（{topic.name}）の言葉「{word}」がありますが、この分野は sensitive: true ではありません。"
                )
                hint = f"situations.yaml の {entry.id} を sensitive: true にするか、別の言い方にしてください。"
                yield Finding(passage.place, "S001", message, hint)
                break


def ways_end(content: Content) -> Iterator[Finding]:
    """No way comes back to a question, none asks more than MOST, and every question and outcome lies on one."""
    if content.ids("checkers") != {entry.id for entry in content.of("checkers")}:
        return  # of one that is faulty nobody knows where it leads
    entries = {entry.id: entry for entry in content.of("checkers")}
    walk = _Walk({id_: checker_of(entry) for id_, entry in entries.items()}, content.ids("cases"))
    for id_, checker in walk.checkers.items():
        walk.from_(Spot(id_, checker.first), ())
    for spot, at in walk.back:
        parent = next(part for part in inside(entries[spot.checker]) if part.id == spot.node and isinstance(part.noun, Question))
        hint = "先へ進む質問か、結果の id に替えてください。"
        yield Finding(parent.place(*at), "Q001", "ここから、もう聞いた質問に戻ります。この道は終わりません。", hint)
    for id_, part in ((id_, part) for id_, entry in entries.items() for part in inside(entry)):
        if isinstance(part.noun, Question | Outcome) and Spot(id_, part.id) not in walk.depth:
            yield Finding(
                part.place("id"), "Q002", f"「{part.id}」に行く答えがありません。", "どれかの答えの to に書くか、消してください。"
            )
    for id_, checker in walk.checkers.items() if not walk.back else ():
        if (count := walk.depth[Spot(id_, checker.first)]) > MOST:
            hint = f"どの道も {MOST} 問までにしてください。似た質問を1つにまとめると短くなります。"
            yield Finding(entries[id_].place("id"), "Q003", f"いちばん長い道で、質問が {count} 問あります。", hint)


@dataclass(slots=True)
class _Walk:
    """A walk over all answers: how many questions lie ahead of each page, and which answers lead back."""

    checkers: Mapping[str, Checker]
    cases: frozenset[str]
    depth: dict[Spot, int] = field(default_factory=dict)
    back: list[tuple[Spot, tuple[str | int, ...]]] = field(default_factory=list)

    def from_(self, spot: Spot, above: tuple[Spot, ...]) -> int:
        """The questions on the longest way from here, this one included."""
        if spot not in self.depth:
            ahead = [0]
            answers = following(self.checkers, spot, self.cases)
            for step, to in answers:
                if to in (*above, spot):
                    self.back.append((spot, step.at))
                else:
                    ahead.append(self.from_(to, (*above, spot)))
            self.depth[spot] = max(ahead) + bool(answers)
        return self.depth[spot]
