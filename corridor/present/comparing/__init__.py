"""Routes side by side: tables, chart and exports; one route is in own_route or candidates, the PDF in paper."""
