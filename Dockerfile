# The grader and the course of this folder. docs/administrators.md, "In a container", says how to start it.
#   docker build -t notebook-grader .
FROM debian:bookworm-slim

RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends bubblewrap python3 python3-venv \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 --create-home grader \
 && install -d -o grader -g grader -m 700 /var/lib/notebook-grader

# The libraries: a layer of their own, made again only when their versions change. A package without a module in it
# has the same dependencies as the real one.
WORKDIR /opt/source
COPY pyproject.toml constraints.txt ./
RUN mkdir grader \
 && touch grader/__init__.py README.md LICENSE \
 && python3 -m venv /opt/notebook-grader \
 && /opt/notebook-grader/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt '.[service,labs]'

COPY README.md LICENSE ./
COPY grader grader
RUN /opt/notebook-grader/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --force-reinstall .

COPY assignments /course/assignments
COPY reference /course/reference

ENV PATH=/opt/notebook-grader/bin:$PATH \
    GRADER_COURSE=/course \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1
USER grader
WORKDIR /class

HEALTHCHECK --interval=30m --timeout=2m CMD ["grader", "doctor"]
ENTRYPOINT ["grade"]
CMD ["--help"]
