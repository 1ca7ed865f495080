"""Questions, and each figure of an answer fetched by its reference from what is shipped; none is worded here."""
