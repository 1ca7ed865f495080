"""Listening sockets made without naming TCP answer at once, and what is connected or no TCP stays as it is."""

import socket

import pytest

from corridor.web.promptness import answer_at_once


def prompt(one: socket.socket) -> bool:
    return one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


@pytest.mark.parametrize("listens", [False, True])
def test_a_bound_socket_hands_on_to_its_connections_that_they_answer_at_once(listens):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen()
        assert not prompt(server)
        assert answer_at_once() >= 1
        assert prompt(server)
        server.listen()
        client.connect(server.getsockname())
        accepted, _ = server.accept()
        with accepted:
            assert prompt(accepted)


def test_sockets_without_an_address_or_with_a_peer_stay_as_they_are():
    with socket.socket() as server, socket.socket() as client, socket.socket() as fresh:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        pair = socket.socketpair()
        answer_at_once()
        assert not prompt(client)
        assert not prompt(fresh)
        pair[0].sendall(b"still open")
        assert pair[1].recv(100) == b"still open"
        for one in pair:
            one.close()
