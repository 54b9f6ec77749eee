"""The third floor: Content without error comes in; the linked, frozen Site and what is worked out from it go out."""
