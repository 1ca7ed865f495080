"""Candidate routes in tables, statements and charts; a card of one is in cards, a reader's own route in own_route."""
