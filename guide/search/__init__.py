"""The fifth floor: the Site comes in; what the search page loads and Pagefind's index go out."""
