"""The pieces of the page of candidate routes; a reader's own route is in checking."""
