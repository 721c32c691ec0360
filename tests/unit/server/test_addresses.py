"""The addresses of this machine."""

from __future__ import annotations

import ipaddress
import socket

from atelier.server.addresses import LOOPBACK, own_addresses


def test_this_machine_alone_comes_last_and_all_can_be_listened_on() -> None:
    found = own_addresses()
    assert found[-1].text == LOOPBACK
    assert len({each.text for each in found}) == len(found)
    for each in found:
        assert not ipaddress.IPv4Address(each.text).is_unspecified
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
            made.bind((each.text, 0))
