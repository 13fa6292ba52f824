"""Who hands in while a site is measured: at a rate that does not wait for answers, over loopback alone, and bounded."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from tests.benchmarks.made_class import Make
from tests.benchmarks.service_site import Furnished

#: requests in flight; more than that is the site's failure, and waits here
IN_FLIGHT: Final = 100
#: how often somebody asks whether their report is there
ASK_SECONDS: Final = 0.02
#: nobody waits longer
PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came back: seconds for each receipt, and every answer that was none."""

    receipts: tuple[float, ...]
    faults: tuple[str, ...]

    def part(self, share: float) -> float:
        """Seconds within which that share of the receipts came."""
        ordered = sorted(self.receipts)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def hand_in_at_a_rate(
    site: Furnished, address: str, make: Make, *, rate: float, numbers: Sequence[int], begin: int = 0
) -> Answers:
    """One upload for each of `numbers`, which says whose it is: the first at once, the others `1 / rate` seconds apart,
    whatever the site does. An upload's time counts from when it was due."""
    return asyncio.run(_all(site, address, [make(begin + number) for number in range(len(numbers))], rate, numbers))


async def _all(site: Furnished, address: str, bodies: Sequence[bytes], rate: float, numbers: Sequence[int]) -> Answers:
    receipts: list[float] = []
    faults: list[str] = []
    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=PATIENCE) as client:
        began = time.perf_counter()

        async def one(place: int) -> None:
            due = began + place / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                answer = await client.post(
                    site.path, files={"notebook": ("lab.ipynb", bodies[place])}, headers=_whose(site, numbers[place])
                )
            except httpx.HTTPError as error:
                faults.append(type(error).__name__)
                return
            if answer.status_code == 201:
                receipts.append(time.perf_counter() - due)
            else:
                faults.append(f"{answer.status_code} {answer.text[:200]}")

        await asyncio.gather(*map(one, range(len(bodies))))
    return Answers(receipts=tuple(receipts), faults=tuple(faults))


def until_reported(site: Furnished, address: str, body: bytes, *, number: int) -> float:
    """Seconds from the first byte of an upload to the last of its report. Raises AssertionError if there is none."""
    with httpx.Client(base_url=address, headers=_whose(site, number), timeout=PATIENCE) as client:
        began = time.perf_counter()
        taken = client.post(site.path, files={"notebook": ("lab.ipynb", body)})
        assert taken.status_code == 201, taken.text
        where = f"/api/v1/attempts/{taken.json()['id']}/report"
        while (answer := client.get(where, headers={"Accept": "application/json"})).status_code == 202:
            assert time.perf_counter() < began + PATIENCE, "no report came"
            time.sleep(ASK_SECONDS)
        seconds = time.perf_counter() - began
        assert answer.status_code == 200, answer.text
        assert answer.json()["score"]["percent"] == 100, answer.json()["score"]
    return seconds


def _whose(site: Furnished, number: int) -> dict[str, str]:
    return {"Authorization": f"Bearer {site.tokens[number % len(site.tokens)]}"}
