"""The kinds of file a briefing or comparison leaves behind, and the check before; each is written in its folder."""
