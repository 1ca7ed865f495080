"""What lies where: layers, lengths on the ellipsoid, whose territory a line runs through; no route is judged here."""
