"""What is known of one feature, candidate, document or own route, laid out as a card; tables of many are elsewhere."""
