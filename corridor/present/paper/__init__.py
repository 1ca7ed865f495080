"""Printed pages: a house template, accessible PDF, cards of one page; their words come from story and own_route."""
