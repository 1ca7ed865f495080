"""One visit holds a few websockets open, all together what leaves room for asking pages."""

import asyncio

from corridor.pages._visit import COOKIE
from corridor.store.visits import new_token
from corridor.web.viewers import MOST_OF_A_VISIT, Viewers
from tests.unit.asgi import ask


class House:
    """Opens websockets that stay open until `leave`."""

    def __init__(self, connections: int) -> None:
        self.door = Viewers(self.stay, connections)
        self.leaving = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def stay(self, _scope, _receive, send):
        await send({"type": "websocket.accept"})
        await self.leaving.wait()

    async def open(self, token: str = "") -> int:
        """Return 101, or the status of a refusal."""
        headers = [(b"cookie", f"{COOKIE}={token}".encode())] if token else []
        extensions = {"websocket.http.response": {}}
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "extensions": extensions}
        answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def send(message):
            if not answered.done():
                answered.set_result(message.get("status", 101))

        async def receive():
            return {"type": "websocket.connect"}

        self.tasks.append(asyncio.create_task(self.door(scope, receive, send)))
        return await answered

    async def leave(self) -> None:
        self.leaving.set()
        await asyncio.gather(*self.tasks)
        self.leaving.clear()


def test_a_visit_opens_a_few_pages_and_others_are_not_kept_from_theirs():
    async def run() -> None:
        house, token = House(1_000), new_token()
        assert [await house.open(token) for _ in range(MOST_OF_A_VISIT)] == [101] * MOST_OF_A_VISIT
        assert await house.open(token) == 429
        assert await house.open(new_token()) == 101
        assert await house.open() == 101
        await house.leave()
        assert house.door.open == 0
        assert not house.door.of_visits
        assert await house.open(token) == 101
        await house.leave()

    asyncio.run(run())


def test_a_full_house_leaves_room_for_asking_pages():
    async def run() -> None:
        house = House(10)
        assert [await house.open(new_token()) for _ in range(9)] == [101] * 8 + [503]
        await house.leave()

    asyncio.run(run())

    async def page(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    assert ask(Viewers(page, 1), "/").status == 200


def test_a_room_of_a_hundred_viewers_fits_in():
    async def run() -> None:
        house = House(1_000)
        assert {await house.open(new_token()) for _ in range(100)} == {101}
        await house.leave()

    asyncio.run(run())
