"""Static maps, from a map request and the shipped land to a drawing; no format of paper or slides is known here."""
