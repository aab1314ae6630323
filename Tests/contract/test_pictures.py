"""Pictures of machines: nothing of the telephone is kept, and files that are no picture do no harm."""

import http.client
import json
import uuid

import photos
import pytest
from documents import check_refusal, refusal
from test_bad_input import memory_mb
from till import Till


@pytest.fixture(scope="module")
def manager(shop):
    return Till(shop.service, login="ada")


def send(manager, label: str, content: bytes, query="", key=None):
    return manager.post(f"/api/v1/devices/{label}/pictures{query}", content, {"Idempotency-Key": key or str(uuid.uuid4())})


def raw(manager, path: str):
    wire = http.client.HTTPConnection("127.0.0.1", manager.service.port, timeout=60)
    try:
        wire.request("GET", path, headers={"Cookie": manager.headers["Cookie"]})
        answer = wire.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        wire.close()


def test_a_picture_says_nothing_of_where_and_by_what_it_was_taken(shop, manager):
    label, photo = shop.laptop(), photos.jpeg()
    assert all(secret in photo for secret in photos.SECRETS)
    key = str(uuid.uuid4())
    status, added = send(manager, label, photo, "?caption=screen", key)
    assert (status, added["is_new"]) == (201, True), added
    picture = added["picture"]
    # It stands upright: the file lay on its side.
    assert (picture["width"], picture["height"], picture["caption"]) == (600, 900, "screen")
    assert send(manager, label, photo, "?caption=screen", key)[1] == added
    assert send(manager, label, photo)[0] == 200
    path = f"/api/v1/devices/{label}/pictures/{picture['id']}"
    for address in (path, path + "?size=thumbnail"):
        status, content, headers = raw(manager, address)
        assert status == 200 and content[:3] == b"\xff\xd8\xff" and content[-2:] == b"\xff\xd9"
        for told in (*photos.SECRETS, b"Exif", b"http", b"script", b"<?php", b"ICC_PROFILE"):
            assert told not in content
        assert headers["Content-Type"] == "image/jpeg" and headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-cache" and "img-src 'self'" in headers["Content-Security-Policy"]


def test_what_is_no_picture_is_refused_in_words_and_leaves_nothing(shop, manager, tmp_path):
    label = shop.laptop()
    for what, content in photos.no_pictures().items():
        status, answer = send(manager, label, content)
        assert status == 422 or status == 400, f"{what}: {answer}"
        check_refusal(answer["refusal"])
        assert answer["refusal"]["code"] == "picture_unreadable", what
        file = tmp_path / "photo.jpg"
        file.write_bytes(content)
        assert refusal(shop.service.ask("device", "picture", "add", label, str(file), "--json"))["code"] == "picture_unreadable"
    status, answer = send(manager, label, photos.bomb())
    assert (status, answer["refusal"]["code"]) == (413, "picture_too_many_pixels")
    check_refusal(answer["refusal"])
    assert shop.service.json("device", "picture", "list", label)["items"] == []


def test_sixty_megabytes_are_refused_in_words_and_fill_no_memory(shop, manager, tmp_path):
    label, heavy = shop.laptop(), b"\xff\xd8\xff" + bytes(60_000_000)
    before = memory_mb(shop.service)
    try:
        status, answer = send(manager, label, heavy)
        assert (status, answer["refusal"]["code"]) == (413, "input_too_large")
    except OSError:
        pass  # a sender who goes on writing may lose the answer with the connection
    assert memory_mb(shop.service) - before < 40
    file = tmp_path / "photo.jpg"
    file.write_bytes(heavy)
    assert refusal(shop.service.ask("device", "picture", "add", label, str(file), "--json"))["code"] == "input_too_large"
    assert shop.service.answers()


def test_many_large_pictures_at_once_keep_the_service_within_bounds(shop, manager):
    from concurrent.futures import ThreadPoolExecutor

    label, photo = shop.laptop(), photos.jpeg()
    # As heavy as may be: what stands after the end of a picture counts and is not kept.
    files = [photo + bytes([number]) * ((15 << 20) - len(photo)) for number in range(12)]
    send(manager, label, photo)
    before = memory_mb(shop.service)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda file: send(manager, label, file), files))
    codes = [answer.get("refusal", {}).get("code") for _, answer in answers]
    assert set(codes) <= {None, "pictures_full", "busy"}, codes
    assert codes.count(None) == 5 and len(shop.service.json("device", "picture", "list", label)["items"]) == 6
    grown = memory_mb(shop.service) - before
    assert grown < 300, f"{grown} MB more"


def test_one_picture_sent_by_many_at_once_is_kept_once(shop, manager):
    from concurrent.futures import ThreadPoolExecutor

    label, photo = shop.laptop(), photos.jpeg()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: send(manager, label, photo), range(8)))
    assert sorted(status for status, _ in answers) == [200] * 7 + [201], json.dumps([answer for _, answer in answers])
    assert len({answer["picture"]["id"] for _, answer in answers}) == 1
