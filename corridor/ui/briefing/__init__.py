"""The pieces of Briefing and the presenter, and how a page becomes a scene; its words are in present/story."""
