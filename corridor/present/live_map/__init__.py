"""The map that moves, written with folium, and its names; maps for paper and slides are in cartography."""
