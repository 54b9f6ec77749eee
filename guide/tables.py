"""The nouns that rules go by: topics, areas, spellings, and records that are excused from a case. Rows of list files."""

from __future__ import annotations

from guide.fields import Ids, Slug, Text, Texts, Yomi
from guide.model import Noun


class Topic(Noun):
    """A topic that decides how carefully its records are shown.

    `words` tell the topic where they stand in a record's name, summary, `when` or words, or in a case; `besides` names
    records that hold a word without being about it. Of a matter of safety, `first` are the windows that may be called
    first (specialists), `now` those that answer at any hour.
    """

    id: Slug
    name: Text
    sensitive: bool = True
    safety: bool = False
    first: Ids = ()
    now: Ids = ()
    words: Texts = ()
    besides: Ids = ()


class Uncased(Noun):
    """A record that no case leads to, and why."""

    record: Slug
    why: Text


class Area(Noun):
    """A ward, as it stands in `area` of numbers; `schools` are the school districts whose school lies in it."""

    id: Slug
    name: Text
    yomi: Yomi
    words: Texts = ()
    schools: Texts = ()


class Spelling(Noun):
    """A name's one spelling in English texts, and the spellings that it stands for."""

    name: Text
    english: Text
    instead_of: Texts = ()
