"""The peer's application: Streamlit alone, with sockets as prompt as ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.types import ASGIApp

from corridor.web.promptness import answer_at_once


@asynccontextmanager
async def prompt(_served: ASGIApp) -> AsyncIterator[None]:
    answer_at_once()
    yield


app = st.App("editing_peer_page.py", lifespan=prompt)
