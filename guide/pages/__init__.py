"""The fourth floor: the Site comes in; pages and assets in memory go out, with what a look at the rendered pages finds."""
