"""Many pages: several hosts side by side, one after the other at each.

Failures that may pass are asked again after ever longer pauses; a host that gives no
answer again and again is left alone until the next run.
"""

import heapq
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from mediakit.load.fetch_address import Refused
from mediakit.load.fetch_answer import NEVER, SOON, Failed
from mediakit.load.fetch_http import Manner
from mediakit.load.fetch_store import FAILED, REFUSED, Store
from mediakit.load.fetch_visit import (
    LONGEST_WAIT,
    Hosts,
    Robots,
    Stopped,
    Visit,
    visit,
)

MOST_IN_A_ROW = 5
BACK_OFF = 4
GIVEN_UP = f"not asked: {MOST_IN_A_ROW} pages of its host gave no answer in a row"
LEFT_ALONE = "not asked: its host asks to be left alone for longer"


class Run:
    """The pages that wait in a store, fetched until none is left."""

    def __init__(self, store: Store, manner: Manner, parallel: int):
        self.store, self.manner, self.parallel = store, manner, parallel
        self.hosts = Hosts()
        self.robots = Robots(store, manner, self.hosts)
        self.tries, self.in_a_row = Counter(), Counter()
        self.ready = [(0.0, host) for host in store.waiting_hosts()]

    def __iter__(self) -> Iterator[int]:
        """Yield after each step how many pages it settled."""
        running = {}
        pool = ThreadPoolExecutor(self.parallel, thread_name_prefix="fetch")
        try:
            while self.ready or running:
                self._start(pool, running)
                left = None
                if self.ready and len(running) < self.parallel:
                    left = max(self.ready[0][0] - time.monotonic(), 0)
                if not running:
                    time.sleep(left or 0)
                    continue
                done, _ = wait(running, left, FIRST_COMPLETED)
                for future in done:
                    yield self._settle(*running.pop(future), future.result())
        finally:
            self.hosts.stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            for future, (host, number) in running.items():
                if not future.cancelled() and future.exception() is None:
                    self._settle(host, number, future.result())

    def _start(self, pool: ThreadPoolExecutor, running: dict) -> None:
        """Send a page of each host that is ready, as long as there is room."""
        while self.ready and len(running) < self.parallel:
            if self.ready[0][0] > time.monotonic():
                return
            _, host = heapq.heappop(self.ready)
            if page := self.store.next_page(host):
                number, key = page
                job = pool.submit(_visit, key, self.manner, self.hosts, self.robots)
                running[job] = host, number

    def _settle(self, host: str, page: int, seen: Visit | None) -> int:
        """Write down what came of a page; return how many pages that settles."""
        settled = 0
        if seen is not None:
            settled = self._write(host, page, seen)
            heapq.heappush(self.ready, (self.hosts.opens(host), host))
        return settled

    def _write(self, host: str, page: int, seen: Visit) -> int:
        error = seen.error
        if seen.record is not None:
            self.store.keep(page, seen.record, seen.seen)
        elif isinstance(error, Refused):
            self.store.give_up(page, REFUSED, str(error), settled=False)
        elif self._again(host, page, seen, error):
            return 0
        else:
            never = error.again == NEVER
            self.store.give_up(page, FAILED, str(error), settled=never)
            if error.wait > LONGEST_WAIT and seen.host == host:
                return 1 + self.store.give_up_host(host, LEFT_ALONE)
            if error.again == SOON:
                return 1 + self._count_failure(host)
        self.in_a_row[host] = 0
        return 1

    def _again(self, host: str, page: int, seen: Visit, error: Failed) -> bool:
        """Say whether a page is asked again in this run; pause until then."""
        self.tries[page] += 1
        if error.again != SOON or self.tries[page] > self.manner.retries:
            del self.tries[page]
            return False
        pause = BACK_OFF * self.manner.delay * 2 ** (self.tries[page] - 1)
        for name in {host, seen.host}:
            self.hosts.pause(name, min(max(pause, error.wait), LONGEST_WAIT))
        return True

    def _count_failure(self, host: str) -> int:
        """Leave a host alone that fails in a row; return how many pages that ends."""
        self.in_a_row[host] += 1
        if self.in_a_row[host] < MOST_IN_A_ROW:
            return 0
        return self.store.give_up_host(host, GIVEN_UP)


def _visit(*args) -> Visit | None:
    try:
        return visit(*args)
    except Stopped:
        return None
