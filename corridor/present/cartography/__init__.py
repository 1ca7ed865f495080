"""Static maps and the ground along a route as drawings; no format of paper or slides is known here."""
