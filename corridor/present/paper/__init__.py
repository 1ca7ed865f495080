"""Printed pages: a house template for every document, typeset into accessible PDF, and the one-page cards of routes."""
