"""The generator: one straight line of small rooms, from plain files to a static guide (docs/architecture.md)."""
