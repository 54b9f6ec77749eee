"""The sixth floor: everything in memory comes in; a published folder goes out, whole or not at all."""
