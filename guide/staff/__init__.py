"""The seventh floor: what staff ask for beside a build comes in; a new record's text, a report or a preview goes out."""
