# taskwho with its tap and its loader. `docker build . --tag taskwho`; docs/production.md runs it.
FROM python:3.11-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
COPY pyproject.toml uv.lock ./
COPY tap-salesforce-taskwho tap-salesforce-taskwho
COPY target-postgres-taskwho target-postgres-taskwho
COPY transforms transforms
ENV UV_PROJECT_ENVIRONMENT=/opt/taskwho UV_PYTHON_DOWNLOADS=never
RUN uv sync --locked --no-default-groups --package taskwho --extra sync --no-editable \
    --compile-bytecode --no-cache --python /usr/local/bin/python3

FROM python:3.11-slim
COPY --from=build /opt/taskwho /opt/taskwho
ENV PATH=/opt/taskwho/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TASKWHO_HOME=/tmp/taskwho \
    TASKWHO_REPORTS_DIR=/tmp/taskwho/reports
# a folder that nobody can write: a .env in it would be read
WORKDIR /taskwho
USER 65534:65534
ENTRYPOINT ["taskwho"]
CMD ["sync"]
