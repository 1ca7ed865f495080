"""Files on their way to their readers: where there are too many bytes, those of whoever has most end first."""

from hypothesis import given
from hypothesis import strategies as st

from corridor.web.downloads_on_their_way import DownloadOnItsWay, DownloadsOnTheirWay


def sent(
    files: DownloadsOnTheirWay, cut: list[DownloadOnItsWay], size: int, visit: str, network: str = ""
) -> DownloadOnItsWay:
    file = DownloadOnItsWay(size, visit, network, lambda: cut.append(file))
    assert files.begin(file)
    return file


def test_who_has_most_gives_way_to_another_network_oldest_first():
    files, cut = DownloadsOnTheirWay(100), []
    greedy = [sent(files, cut, 24, visit, "198.51.100.66") for visit in ("a", "b", "a", "b")]
    honest = sent(files, cut, 20, "c", "203.0.113.7")
    assert cut in ([greedy[0]], [greedy[1]])
    files.end(honest)
    assert files.bytes == 72


def test_visits_of_one_network_share_it_and_of_this_machine_each_has_its_own():
    files, cut = DownloadsOnTheirWay(100), []
    for network in ("198.51.100.66", ""):
        first, second = sent(files, cut, 45, "a", network), sent(files, cut, 45, "a", network)
        third = sent(files, cut, 30, "b", network)
        assert cut == [first]
        cut.clear()
        for file in (second, third):
            files.end(file)


def test_who_has_most_cuts_nobody_and_is_told_to_come_again():
    files, cut = DownloadsOnTheirWay(100), []
    sent(files, cut, 50, "a", "198.51.100.66")
    sent(files, cut, 40, "b", "203.0.113.7")
    assert not files.begin(DownloadOnItsWay(41, "a", "198.51.100.66", lambda: None))
    assert not files.begin(DownloadOnItsWay(101, "c", "192.0.2.1", lambda: None))
    assert cut == []


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from("abcd"), st.sampled_from(["", "n", "m"])), max_size=40))
def test_there_are_never_more_bytes_than_may_be_and_nobody_with_less_is_cut(asked):
    files = DownloadsOnTheirWay(100)
    on_their_way: dict[DownloadOnItsWay, None] = {}
    for size, visit, network in asked:
        file = DownloadOnItsWay(size, visit, network, lambda: None)
        before = dict(on_their_way)
        if files.begin(file):
            on_their_way[file] = None
        on_their_way = {other: None for other in on_their_way if other in files._files}
        assert files.bytes == sum(other.size for other in on_their_way) <= 100
        own = sum(other.size for other in before if other.whose == file.whose)
        for gone in before.keys() - on_their_way.keys():
            theirs = sum(other.size for other in before if other.whose == gone.whose)
            assert gone.visit != file.visit or gone.whose != file.whose
            assert theirs >= own
