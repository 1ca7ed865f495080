"""The search over all that is shipped, built once for each edition of it."""

from corridor.present.context import BriefingContext
from corridor.searching.entries import findables
from corridor.searching.feature_entries import aliases
from corridor.searching.finding import Search
from corridor.searching.index import Index
from corridor.searching.query import Meanings
from corridor.texts.search_words import read_search_words


def search_of(context: BriefingContext) -> Search:
    """Return the search over what is shipped; raise DocumentError, one sentence, where a table of it is broken."""
    words = read_search_words(context.root)
    meanings = Meanings(words, aliases(context.shipped))
    search = Search(Index(findables(context, words)), meanings, context.shipped.library.sources)
    search.warm()
    return search
