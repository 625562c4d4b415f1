--
-- PostgreSQL database dump
--

\restrict f248733

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: taskwho; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA taskwho;


--
-- Name: ignore_activity(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.ignore_activity() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if new.subject = 'Ignored' then
        return null;
    end if;
    return new;
end
$$;


--
-- Name: ignore_relation(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.ignore_relation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if new.type = 'Ignored' then
        return null;
    end if;
    return new;
end
$$;


--
-- Name: count_waiting(); Type: FUNCTION; Schema: taskwho; Owner: -
--

CREATE FUNCTION taskwho.count_waiting() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
declare
    sign constant integer := tg_argv[0];
begin
    if not exists (select from changed) then
        return null;
    end if;

    insert into taskwho.missing_parents as counted (parent, salesforce_id, waiting, failing)
    select
        missed.parent,
        missed.salesforce_id,
        sign * count(*),
        sign * count(*) filter (where not changed.is_set_aside)
    from changed
    cross join lateral taskwho.parents_missed(
        changed.missing_task_id, changed.missing_contact_id,
        changed.missing_created_by_id, changed.missing_last_modified_by_id
    ) as missed
    group by missed.parent, missed.salesforce_id
    order by missed.parent, missed.salesforce_id
    on conflict (parent, salesforce_id) do update
    set
        waiting = counted.waiting + excluded.waiting,
        failing = counted.failing + excluded.failing;

    insert into taskwho.waiting_counts as counted (is_set_aside, reasons, relations)
    select changed.is_set_aside, changed.reasons, sign * count(*)
    from changed
    group by changed.is_set_aside, changed.reasons
    order by changed.is_set_aside, changed.reasons
    on conflict (is_set_aside, reasons) do update
    set relations = counted.relations + excluded.relations;

    if sign < 0 then
        delete from taskwho.missing_parents as counted
        using changed
        cross join lateral taskwho.parents_missed(
            changed.missing_task_id, changed.missing_contact_id,
            changed.missing_created_by_id, changed.missing_last_modified_by_id
        ) as missed
        where
            counted.parent = missed.parent
            and counted.salesforce_id = missed.salesforce_id
            and counted.waiting = 0
            and counted.failing = 0;

        delete from taskwho.waiting_counts where relations = 0;
    end if;
    return null;
end
$$;


--
-- Name: forget_waiting(); Type: FUNCTION; Schema: taskwho; Owner: -
--

CREATE FUNCTION taskwho.forget_waiting() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
begin
    delete from taskwho.missing_parents;
    delete from taskwho.waiting_counts;
    return null;
end
$$;


--
-- Name: parents_missed(text, text, text, text); Type: FUNCTION; Schema: taskwho; Owner: -
--

CREATE FUNCTION taskwho.parents_missed(task_id text, contact_id text, created_by_id text, last_modified_by_id text) RETURNS TABLE(parent text, salesforce_id text)
    LANGUAGE sql IMMUTABLE
    AS $$
    select missed.parent, missed.salesforce_id
    from (
        values
            ('tasks', task_id),
            ('contacts', contact_id),
            ('users', created_by_id),
            ('users', last_modified_by_id)
    ) as missed (parent, salesforce_id)
    where missed.salesforce_id is not null
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: sf_activities; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sf_activities (
    id uuid NOT NULL,
    salesforce_id character varying(18) NOT NULL,
    type character varying(50),
    subject character varying(255),
    activity_date date,
    status character varying(255) NOT NULL,
    priority character varying(20) NOT NULL,
    is_high_priority boolean NOT NULL,
    is_deleted boolean NOT NULL,
    is_closed boolean NOT NULL,
    is_archived boolean NOT NULL,
    owner_id character varying(18) NOT NULL,
    created_by_id character varying(18) NOT NULL,
    last_modified_by_id character varying(18) NOT NULL,
    sf_created_date timestamp without time zone NOT NULL,
    sf_last_modified_date timestamp without time zone NOT NULL,
    sf_system_modstamp timestamp without time zone NOT NULL,
    created_at timestamp without time zone,
    updated_at timestamp without time zone
);


--
-- Name: sf_contacts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sf_contacts (
    id uuid NOT NULL,
    salesforce_id character varying(18) NOT NULL,
    is_deleted boolean,
    first_name character varying(40),
    last_name character varying(80) NOT NULL,
    name character varying(121),
    email character varying(128),
    phone character varying(40),
    title character varying(128),
    sf_created_date timestamp without time zone,
    sf_last_modified_date timestamp without time zone,
    sf_system_modstamp timestamp without time zone,
    created_at timestamp without time zone,
    updated_at timestamp without time zone,
    CONSTRAINT no_refused_name CHECK (((last_name)::text <> 'Refused'::text))
);


--
-- Name: sf_taskwhorelations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sf_taskwhorelations (
    id integer NOT NULL,
    salesforce_id character varying(18) NOT NULL,
    is_deleted boolean NOT NULL,
    type character varying(50),
    relation_id character varying(18),
    task_id character varying(18),
    created_by_id character varying(18) NOT NULL,
    last_modified_by_id character varying(18) NOT NULL,
    sf_created_date timestamp without time zone NOT NULL,
    sf_last_modified_date timestamp without time zone NOT NULL,
    sf_system_modstamp timestamp without time zone NOT NULL,
    created_at timestamp without time zone,
    updated_at timestamp without time zone,
    CONSTRAINT no_refused_type CHECK (((type)::text <> 'Refused'::text)),
    CONSTRAINT pinned_stays CHECK ((NOT (is_deleted AND ((type)::text = 'Pinned'::text))))
);


--
-- Name: sf_taskwhorelations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sf_taskwhorelations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sf_taskwhorelations_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sf_taskwhorelations_id_seq OWNED BY public.sf_taskwhorelations.id;


--
-- Name: sf_users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sf_users (
    id integer NOT NULL,
    salesforce_id character varying(18) NOT NULL,
    username character varying(80) NOT NULL,
    first_name character varying(40),
    last_name character varying(80) NOT NULL,
    name character varying(121) NOT NULL,
    email character varying(128) NOT NULL,
    is_profile_photo_active boolean NOT NULL,
    sf_created_date timestamp without time zone NOT NULL,
    sf_last_modified_date timestamp without time zone NOT NULL,
    sf_system_modstamp timestamp without time zone NOT NULL,
    created_at timestamp without time zone,
    updated_at timestamp without time zone
);


--
-- Name: sf_users_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sf_users_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sf_users_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sf_users_id_seq OWNED BY public.sf_users.id;


--
-- Name: batches; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.batches (
    batch_id bigint NOT NULL,
    promoted_by bigint NOT NULL,
    run_id text,
    stream text,
    batch bigint,
    mode text,
    window_from timestamp with time zone,
    window_to timestamp with time zone,
    after_id text,
    first_id text,
    last_id text,
    endpoint text,
    resumed boolean,
    org_id text,
    records bigint,
    attempts bigint,
    duration_ms bigint,
    api_used bigint,
    api_max bigint,
    fetched_at timestamp with time zone,
    counted bigint,
    outcome text
);


--
-- Name: batches_batch_id_seq; Type: SEQUENCE; Schema: taskwho; Owner: -
--

ALTER TABLE taskwho.batches ALTER COLUMN batch_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME taskwho.batches_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: landed_seq; Type: SEQUENCE; Schema: taskwho; Owner: -
--

CREATE SEQUENCE taskwho.landed_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: contacts; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.contacts (
    "Id" text,
    "IsDeleted" text,
    "FirstName" text,
    "LastName" text,
    "Name" text,
    "Email" text,
    "Phone" text,
    "Title" text,
    "CreatedDate" text,
    "LastModifiedDate" text,
    "SystemModstamp" text,
    landed_seq bigint DEFAULT nextval('taskwho.landed_seq'::regclass)
);


--
-- Name: deleted_relations; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.deleted_relations (
    salesforce_id text NOT NULL,
    deleted_at timestamp with time zone NOT NULL,
    listed_at timestamp with time zone DEFAULT now() NOT NULL,
    is_applied boolean DEFAULT false NOT NULL
);


--
-- Name: COLUMN deleted_relations.is_applied; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.deleted_relations.is_applied IS 'no older version of it is live in the result; false where the table refused the change';


--
-- Name: failed_parents; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.failed_parents (
    stream text NOT NULL,
    salesforce_id text NOT NULL,
    record jsonb NOT NULL,
    reasons text[] NOT NULL,
    error text NOT NULL,
    first_failed_at timestamp with time zone NOT NULL,
    last_failed_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 1 NOT NULL
);


--
-- Name: failed_relations; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.failed_relations (
    salesforce_id text NOT NULL,
    record jsonb NOT NULL,
    reasons text[] NOT NULL,
    error text NOT NULL,
    missing_task_id text,
    missing_contact_id text,
    missing_created_by_id text,
    missing_last_modified_by_id text,
    missing_ids text[] GENERATED ALWAYS AS (array_remove(ARRAY[missing_task_id, missing_contact_id, missing_created_by_id, missing_last_modified_by_id], NULL::text)) STORED,
    is_set_aside boolean DEFAULT false NOT NULL,
    first_failed_at timestamp with time zone NOT NULL,
    last_failed_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 1 NOT NULL
);


--
-- Name: COLUMN failed_relations.record; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.failed_relations.record IS 'as it landed, all values text';


--
-- Name: COLUMN failed_relations.is_set_aside; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.failed_relations.is_set_aside IS 'deleted in Salesforce, and so are parents of it: no failure, goes in if they come';


--
-- Name: COLUMN failed_relations.last_failed_at; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.failed_relations.last_failed_at IS 'when record, reasons or missing ids last changed: a run that finds them as they were writes nothing';


--
-- Name: COLUMN failed_relations.attempts; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.failed_relations.attempts IS 'how many different outcomes it has had';


--
-- Name: missing_parents; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.missing_parents (
    parent text NOT NULL,
    salesforce_id text NOT NULL,
    waiting bigint NOT NULL,
    failing bigint NOT NULL
);


--
-- Name: COLUMN missing_parents.waiting; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.missing_parents.waiting IS 'how often quarantined relations refer to it; one that has it twice counts twice';


--
-- Name: COLUMN missing_parents.failing; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.missing_parents.failing IS 'the same without those that are set aside';


--
-- Name: runs; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.runs (
    run_id bigint NOT NULL,
    run_ids text[] NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    status text NOT NULL,
    mode text,
    windows jsonb,
    counts jsonb,
    api_calls integer,
    report_status text NOT NULL,
    report_name text,
    report_path text,
    report jsonb,
    CONSTRAINT runs_report_status_check CHECK ((report_status = ANY (ARRAY['pending'::text, 'published'::text])))
);


--
-- Name: COLUMN runs.run_ids; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.runs.run_ids IS 'runs of the tap whose rows it took in';


--
-- Name: COLUMN runs.windows; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.runs.windows IS 'windows of SystemModstamp covered';


--
-- Name: COLUMN runs.report_status; Type: COMMENT; Schema: taskwho; Owner: -
--

COMMENT ON COLUMN taskwho.runs.report_status IS 'pending between the commit and the writing of the report''s files';


--
-- Name: runs_run_id_seq; Type: SEQUENCE; Schema: taskwho; Owner: -
--

ALTER TABLE taskwho.runs ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME taskwho.runs_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sync_batches; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.sync_batches (
    run_id text,
    stream text,
    batch text,
    mode text,
    window_from text,
    window_to text,
    after_id text,
    first_id text,
    last_id text,
    endpoint text,
    resumed text,
    org_id text,
    records text,
    attempts text,
    duration_ms text,
    api_used text,
    api_max text,
    fetched_at text,
    counted text,
    outcome text,
    landed_seq bigint DEFAULT nextval('taskwho.landed_seq'::regclass)
);


--
-- Name: task_relation_deletes; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.task_relation_deletes (
    "Id" text,
    "deletedDate" text,
    landed_seq bigint DEFAULT nextval('taskwho.landed_seq'::regclass)
);


--
-- Name: task_who_relations; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.task_who_relations (
    "Id" text,
    "IsDeleted" text,
    "Type" text,
    "RelationId" text,
    "TaskId" text,
    "CreatedById" text,
    "LastModifiedById" text,
    "CreatedDate" text,
    "LastModifiedDate" text,
    "SystemModstamp" text,
    landed_seq bigint DEFAULT nextval('taskwho.landed_seq'::regclass)
);


--
-- Name: tasks; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.tasks (
    "Id" text,
    "IsDeleted" text,
    "Subject" text,
    "ActivityDate" text,
    "Status" text,
    "Priority" text,
    "IsHighPriority" text,
    "IsClosed" text,
    "IsArchived" text,
    "OwnerId" text,
    "CreatedById" text,
    "LastModifiedById" text,
    "CreatedDate" text,
    "LastModifiedDate" text,
    "SystemModstamp" text,
    landed_seq bigint DEFAULT nextval('taskwho.landed_seq'::regclass)
);


--
-- Name: users; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.users (
    "Id" text,
    "Username" text,
    "FirstName" text,
    "LastName" text,
    "Name" text,
    "Email" text,
    "IsProfilePhotoActive" text,
    "CreatedDate" text,
    "LastModifiedDate" text,
    "SystemModstamp" text,
    landed_seq bigint DEFAULT nextval('taskwho.landed_seq'::regclass)
);


--
-- Name: waiting_counts; Type: TABLE; Schema: taskwho; Owner: -
--

CREATE TABLE taskwho.waiting_counts (
    is_set_aside boolean NOT NULL,
    reasons text[] NOT NULL,
    relations bigint NOT NULL
);


--
-- Name: sf_taskwhorelations id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations ALTER COLUMN id SET DEFAULT nextval('public.sf_taskwhorelations_id_seq'::regclass);


--
-- Name: sf_users id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_users ALTER COLUMN id SET DEFAULT nextval('public.sf_users_id_seq'::regclass);


--
-- Data for Name: sf_activities; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sf_activities VALUES
	('3b8196fa-b507-4553-911e-386e65e763c9', '00TAy9000001000MAA', 'Task', 'Call 鈴木', '2026-07-14', 'Completed', 'High', true, false, true, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('d10bbf70-0061-4daf-921e-64eb65dfc151', '00TAy9000001001MAA', 'Task', NULL, '2026-07-03', 'Completed', 'Normal', false, false, true, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('777b5aa4-0d2d-4c05-a0cd-c1012b9b8144', '00TAy9000001002MAA', 'Task', 'Call 佐藤', '2026-11-03', 'Completed', 'High', true, false, true, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('19380a07-260e-4a76-9ed3-75f7128ca941', '00TAy9000001004MAA', 'Task', 'Call Myers', '2026-07-29', 'Completed', 'Low', false, false, true, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-07-29 21:28:58', '2026-07-29 21:28:58', '2026-07-29 21:28:58', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('13cf7dc6-7fab-4504-a270-3b763596ddc6', '00TZz0000001000MAA', 'Task', 'Call Foster', '2026-06-23', 'Completed', 'Low', false, false, true, false, '005Zz0000001001IAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-06-23 03:34:14', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('62465a65-b2ca-408a-84e3-04cd22848523', '00TZz0000001001MAA', 'Task', 'Call Myers', '2026-11-03', 'Completed', 'High', true, true, true, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('b22114be-6560-4d63-b048-1c0193615ca3', '00TZz0000001002MAA', 'Task', 'Call 中島', '2026-07-14', 'Completed', 'High', true, false, true, false, '005Zz0000001001IAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('929bb8a1-ebd8-41a4-b47b-112a64d7137b', '00TZz0000001003MAA', 'Task', 'Call 加藤', '2026-05-23', 'Not Started', 'Normal', false, true, false, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('c9de692e-0623-4cd6-bde8-cf6d7b744d89', '00TZz0000001004MAA', 'Task', 'Call 加藤', '2026-04-28', 'Not Started', 'High', true, false, false, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('2f7ad2d1-a9a3-40fd-87f3-824d418779bf', '00TZz0000001005MAA', 'Task', NULL, '2026-10-22', 'Not Started', 'Normal', false, false, false, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-10-22 23:22:43', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('83a0fd11-cc49-4950-b29b-f03bc82b9459', '00TZz0000001006MAA', 'Task', 'Call Foster', '2026-06-23', 'Completed', 'Normal', false, false, true, false, '005Zz0000001003IAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('ab591f54-56fa-4ded-b6fa-5a255eb617af', '00TZz0000001007MAA', 'Task', 'Call 鈴木', '2026-10-22', 'Not Started', 'Low', false, false, false, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('fc6257d7-2190-4f52-9eb6-3aef09ee73d3', '00TZz0000001008MAA', 'Task', 'Call Myers', '2025-10-21', 'Completed', 'High', true, false, true, true, '005Zz0000001001IAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('ab8c699b-dad2-4d4f-af39-8da6f4dc06c4', '00TZz0000001009MAA', 'Task', 'Call Dostálová', '2026-05-23', 'Completed', 'Low', false, false, true, false, '005Zz0000001003IAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('434e0a7c-870f-4974-bad9-af4540510b8b', '00TZz000000100BMAQ', 'Task', 'Call 佐藤', '2026-07-14', 'Not Started', 'Normal', false, false, false, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('a61bd89a-4671-49df-a661-c2dae5f721c2', '00TZz8000001000MAA', 'Task', 'Call Vacek', '2026-10-30', 'Not Started', 'High', true, false, false, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('635409a1-e66d-4ade-a399-f62906dd69bf', '00TaB3000001000UAA', 'Task', 'Call 加藤', '2026-10-22', 'Completed', 'Normal', false, false, true, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('48d08302-2b93-4633-aea3-094536081486', '00TZz000000100CMAQ', 'Task', NULL, '2026-10-22', 'Not Started', 'Normal', false, false, false, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	('fd6f878d-86d4-4e42-9625-f803abed2b9b', '00TZz000000100DMAQ', 'Task', 'Call 鈴木', '2026-07-14', 'Completed', 'High', true, false, true, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 05:06:12', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	('ced8aef3-5a45-4b4b-8762-d876a11d95fb', '00TZz8000001003MAA', 'Task', NULL, '2026-10-22', 'Not Started', 'Normal', false, false, false, false, '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	('451d9f2a-6321-46f4-a70e-127333e4974e', '00TAy9000001005MAA', 'Task', 'Call 鈴木', '2026-10-22', 'Not Started', 'Low', false, false, false, false, '005Zz0000001002IAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384');


--
-- Data for Name: sf_contacts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sf_contacts VALUES
	('82614a30-4b23-4bbf-9175-ac14716a59ae', '003Ay9000001000IAA', false, 'Ernest', '松田', 'Ernest 松田', 'contact3@example.com', '+1 555 0100', NULL, '2026-10-01 00:38:46', '2026-10-01 00:38:46', '2026-10-01 00:38:46', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('9c608864-157e-425d-9aa6-f4ef27bd0567', '003Ay9000001001IAA', false, 'くみ子', 'Jackson', 'くみ子 Jackson', 'contact5@example.com', '+1 555 0100', 'Head of Sales', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('99128209-9a6c-47c8-872c-9336d35b890d', '003Ay9000001002IAA', false, 'Donna', 'Arroyo', 'Donna Arroyo', 'contact8@example.com', '+1 555 0100', 'Buyer', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('e6514a28-95c2-4320-bbc3-66452ad22e20', '003Ay9000001003IAA', false, 'Marta', 'Taylor', 'Marta Taylor', 'contact14@example.com', '+1 555 0100', 'Geschäftsführer', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('791c0a4a-3a67-4816-bfb5-6435c16689fc', '003Ay9000001004IAA', false, 'Daniel', 'Snyder', 'Daniel Snyder', 'contact20@example.com', '+1 555 0100', 'Buyer', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('c11d5083-ae46-4746-b7f2-d1bd46d1b3da', '003Ay9000001005IAA', false, '結衣', '森', '結衣 森', 'contact30@example.com', '+1 555 0100', 'Geschäftsführer', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('4e5bdab1-2a7a-4f26-b09a-3a4d96082a8c', '003Ay9000001006IAA', false, 'Dobroslav', 'Hunter', 'Dobroslav Hunter', 'contact31@example.com', '+1 555 0100', NULL, '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('bd7924e5-9680-43c1-88af-3a66262d1e99', '003Ay9000001007IAA', false, 'Katherine', 'Mareš', 'Katherine Mareš', 'contact35@example.com', '+1 555 0100', NULL, '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('20a35985-6bb5-44a2-a737-05f3c4728235', '003Ay9000001008IAA', false, 'Stephanie', 'Beasley', 'Stephanie Beasley', 'contact39@example.com', '+1 555 0100', NULL, '2026-10-10 21:33:10', '2026-10-10 21:33:10', '2026-10-10 21:33:10', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('ba7e8f03-c6d4-4276-8921-e55f57732df5', '003Ay9000001009IAA', false, '春香', '田中', '春香 田中', 'contact41@example.com', '+1 555 0100', 'Head of Sales', '2026-04-01 12:23:56', '2026-04-01 12:23:56', '2026-04-01 12:23:56', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('cdf6ca37-0e23-40d1-a179-94e0f634e75b', '003Ay900000100AIAQ', false, '太郎', 'Petrová', '太郎 Petrová', 'contact44@example.com', '+1 555 0100', 'Buyer', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('bd5f7dc5-9685-4fb5-a8e2-df1f9f669053', '003Zz0000001006IAA', false, '浩', 'Barajas', '浩 Barajas', 'contact9@example.com', '+1 555 0100', 'Head of Sales', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('445b6e0e-de80-4f97-a914-e725692a263f', '003Zz0000001007IAA', false, 'Vilma', 'Ševčík', 'Vilma Ševčík', 'contact11@example.com', '+1 555 0100', NULL, '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('085af8ce-a216-469a-bc0a-2e7f1749f218', '003Zz0000001008IAA', false, 'Dagmar', 'Solomon', 'Dagmar Solomon', 'contact12@example.com', '+1 555 0100', 'Buyer', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('8d4d8900-bc7c-4bda-88c6-978ae9d853c5', '003Zz0000001009IAA', false, 'Dakota', 'Mašek', 'Dakota Mašek', 'contact13@example.com', '+1 555 0100', 'Head of Sales', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('c551c836-c8a2-4d3c-aa1f-568a30981389', '003Zz000000100AIAQ', false, 'Agáta', 'Čermák', 'Agáta Čermák', 'contact15@example.com', '+1 555 0100', NULL, '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('5b169c2c-abb0-4b6b-ab30-7ea16d711ff0', '003Zz000000100BIAQ', false, '翼', 'Smith', '翼 Smith', 'contact16@example.com', '+1 555 0100', 'Buyer', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('d1061603-7532-456c-86e5-cbda4cb3ee70', '003Zz000000100JIAQ', false, 'Brandon', 'Macháčková', 'Brandon Macháčková', 'contact26@example.com', '+1 555 0100', 'Geschäftsführer', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-07-14 14:51:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('0651c6b7-80b2-4b1b-9dd7-6cb4efc15bcf', '003Zz000000100KIAQ', false, 'Jesse', '近藤', 'Jesse 近藤', 'contact28@example.com', '+1 555 0100', 'Buyer', '2025-12-14 04:57:05', '2025-12-14 04:57:05', '2025-12-14 04:57:05', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('626cc9cb-e1d7-4971-9e9b-4ec03df84efb', '003Zz000000100LIAQ', false, 'Agáta', '佐藤', 'Agáta 佐藤', 'contact29@example.com', '+1 555 0100', 'Head of Sales', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('1e6b86c0-c19d-4a0f-abc7-e96a71e3636d', '003Zz000000100PIAQ', false, 'Otakar', 'Kříž', 'Otakar Kříž', 'contact36@example.com', '+1 555 0100', 'Buyer', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('84bbb9fa-6682-4964-bb20-cdfa4f2f50d6', '003Zz000000100QIAQ', false, 'Dobroslav', 'Silva', 'Dobroslav Silva', 'contact37@example.com', '+1 555 0100', 'Head of Sales', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('877a6f13-d4ea-4f54-a12d-8bfee15d97be', '003Zz000000100RIAQ', false, 'Tereza', '山口', 'Tereza 山口', 'contact38@example.com', '+1 555 0100', 'Geschäftsführer', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('92706557-2102-4ffb-930b-029a3503f488', '003Zz000000100TIAQ', false, 'Mojmír', 'Vlčková', 'Mojmír Vlčková', 'contact42@example.com', '+1 555 0100', 'Geschäftsführer', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('38f9f95e-16c6-45d4-a090-56395779625e', '003Zz000000100VIAQ', false, '幹', 'Jordan', '幹 Jordan', 'contact45@example.com', '+1 555 0100', 'Head of Sales', '2025-12-14 04:57:05', '2025-12-14 04:57:05', '2025-12-14 04:57:05', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('c14af81a-a921-4de8-9129-1156736f9ad4', '003Zz000000100XIAQ', false, '洋介', 'Harris', '洋介 Harris', 'contact50@example.com', '+1 555 0100', 'Geschäftsführer', '2026-04-01 12:23:56', '2026-04-01 12:23:56', '2026-04-01 12:23:56', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('575b897a-ebb5-4795-8a3d-2c05cb48ed9b', '003Zz000000100cIAA', false, 'Veronika', 'Gonzales', 'Veronika Gonzales', 'contact58@example.com', '+1 555 0100', 'Geschäftsführer', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('bf8541db-5684-4c20-bb8d-ac6f38579f3d', '003Zz000000100dIAA', false, 'Antonín', 'Luna', 'Antonín Luna', 'contact59@example.com', '+1 555 0100', NULL, '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('d4a0f68b-3d2b-4f5a-b834-559e2a50ae12', '003Zz8000001000IAA', false, 'Connie', '林', 'Connie 林', 'contact10@example.com', '+1 555 0100', 'Geschäftsführer', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('cbca5387-908e-4c82-9ec1-d2ec10f5ae0e', '003Zz8000001003IAA', false, 'Jaromír', '前田', 'Jaromír 前田', 'contact25@example.com', '+1 555 0100', 'Head of Sales', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('6f38fd89-23ee-4d56-a1e5-d71964e59bac', '003Zz8000001009IAA', false, 'Steven', 'Whitaker', 'Steven Whitaker', 'contact49@example.com', '+1 555 0100', 'Head of Sales', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('967a1864-345a-4756-9d13-a050c607515c', '003aB3000001000QAA', false, 'Eric', '藤田', 'Eric 藤田', 'contact27@example.com', '+1 555 0100', NULL, '2026-01-27 07:32:11', '2026-01-27 07:32:11', '2026-01-27 07:32:11', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	('b93f862a-03e7-4033-9107-21a5fa2631d9', '003Zz000000100eIAA', false, 'Ernest', 'Late', 'Ernest 松田', 'contact3@example.com', '+1 555 0100', NULL, '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384');


--
-- Data for Name: sf_taskwhorelations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sf_taskwhorelations VALUES
	(2, '0RTAy9000001002OAA', true, 'Contact', '003Zz0000001009IAA', '00TZz0000001001MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(6, '0RTAy9000001007OAA', false, 'Contact', '003Zz000000100VIAQ', '00TZz8000001000MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(7, '0RTAy9000001008OAA', false, 'Contact', '003Zz000000100TIAQ', '00TAy9000001004MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(8, '0RTZz0000001000OAA', false, 'Contact', '003Zz0000001007IAA', '00TZz0000001000MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-10-01 00:38:46', '2026-10-01 00:38:46', '2026-10-01 00:38:46', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(9, '0RTZz0000001001OAA', false, 'Contact', '003Zz0000001008IAA', '00TZz0000001000MAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-11 09:30:34', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(10, '0RTZz0000001002OAA', false, 'Contact', '003Ay9000001003IAA', '00TZz0000001000MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(11, '0RTZz0000001003OAA', false, 'Contact', '003Zz000000100PIAQ', '00TaB3000001000UAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(12, '0RTZz0000001004OAA', false, 'Contact', '003Zz000000100QIAQ', '00TaB3000001000UAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-07-29 21:28:58', '2026-07-29 21:28:58', '2026-07-29 21:28:58', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(13, '0RTZz0000001005OAA', false, 'Contact', '003Zz000000100RIAQ', '00TaB3000001000UAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(14, '0RTZz0000001006OAA', false, 'Contact', '003Ay9000001008IAA', '00TaB3000001000UAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(15, '0RTZz0000001007OAA', true, 'Contact', '003Zz000000100dIAA', '00TZz0000001003MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2025-12-14 04:57:05', '2026-04-28 11:05:21', '2026-04-28 11:05:21', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(16, '0RTZz0000001008OAA', false, 'Contact', '003Zz0000001006IAA', '00TZz0000001004MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-01-27 07:32:11', '2026-01-27 07:32:11', '2026-01-27 07:32:11', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(17, '0RTZz0000001009OAA', false, 'Contact', '003Zz0000001007IAA', '00TZz0000001004MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(18, '0RTZz000000100AOAQ', false, 'Contact', '003Zz0000001009IAA', '00TZz0000001004MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-01-27 07:32:11', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(19, '0RTZz000000100BOAQ', false, 'Contact', '003Ay9000001003IAA', '00TZz0000001004MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(20, '0RTZz000000100COAQ', false, 'Contact', '003Zz000000100AIAQ', '00TZz0000001004MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(23, '0RTZz000000100FOAQ', false, 'Contact', '003Zz000000100JIAQ', '00TAy9000001001MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(24, '0RTZz000000100GOAQ', false, 'Contact', '003Ay9000001009IAA', '00TAy9000001002MAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-10-10 21:33:10', '2026-10-30 14:04:13', '2026-10-30 14:04:13', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(25, '0RTZz000000100HOAQ', false, 'Contact', '003Ay9000001001IAA', '00TZz0000001006MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-09-04 14:35:02', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(26, '0RTZz000000100IOAQ', false, 'Contact', '003Zz000000100JIAQ', '00TZz0000001007MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(27, '0RTZz000000100JOAQ', false, 'Contact', '003Zz000000100LIAQ', '00TZz0000001007MAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-10-29 15:27:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(28, '0RTZz000000100KOAQ', false, 'Contact', '003Ay9000001007IAA', '00TZz0000001009MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-10-01 00:38:46', '2026-10-01 00:38:46', '2026-10-01 00:38:46', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(29, '0RTZz000000100MOAQ', false, 'Contact', '003Zz000000100dIAA', '00TZz000000100BMAQ', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(30, '0RTZz8000001000OAA', false, 'Contact', '003Zz0000001009IAA', '00TZz0000001000MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-07-14 14:51:53', '2026-10-22 23:22:43', '2026-10-22 23:22:43', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(31, '0RTZz8000001003OAA', false, 'Contact', '003Ay9000001007IAA', '00TaB3000001000UAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-06-23 03:34:14', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(32, '0RTZz8000001006OAA', false, 'Contact', '003Zz0000001008IAA', '00TZz0000001004MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-06-19 19:37:53', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(33, '0RTZz8000001009OAA', false, 'Contact', '003aB3000001000QAA', '00TZz0000001007MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(34, '0RTZz800000100COAQ', false, 'Contact', '003Zz8000001009IAA', '00TZz0000001008MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(35, '0RTaB3000001000WAA', false, 'Contact', '003Zz8000001003IAA', '00TZz0000001007MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2025-12-14 04:57:05', '2025-12-14 04:57:05', '2025-12-14 04:57:05', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(36, '0RTaB30000010EhWAI', false, 'Contact', '003Zz000000100XIAQ', '00TZz0000001008MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-09-04 14:35:02', '2026-09-04 14:35:02', '2026-10-01 00:38:46', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(43, '0RTAy9000001009OAA', false, 'Contact', '003Ay9000001003IAA', '00TAy9000001001MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:12.238928'),
	(1, '0RTAy9000001000OAA', true, 'Contact', '003Zz000000100AIAQ', '00TZz0000001000MAA', '005Zz0000001002IAA', '005Zz0000001000IAA', '2026-10-01 00:38:46', '2026-11-25 04:01:08', '2026-11-25 05:06:12', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:18.129384'),
	(42, '0RTAy9000001001OAA', true, 'Contact', '003Ay9000001008IAA', '00TAy9000001000MAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-05-23 21:18:16', '2026-05-23 21:18:16', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:21.903476'),
	(5, '0RTAy9000001006OAA', true, 'Contact', '003Zz000000100KIAQ', '00TZz0000001007MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-10-10 21:33:10', '2026-10-10 21:33:10', '2026-10-10 21:33:10', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:28.036239'),
	(3, '0RTAy9000001004OAA', true, 'Contact', '003Zz8000001000IAA', '00TZz0000001004MAA', '005Zz0000001002IAA', '005Zz0000001000IAA', '2026-04-28 11:05:21', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:28.036239'),
	(4, '0RTAy9000001005OAA', true, 'Contact', '003Ay9000001002IAA', '00TZz0000001005MAA', '005Zz0000001003IAA', '005Zz0000001000IAA', '2026-10-10 21:33:10', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:28.036239'),
	(21, '0RTZz000000100DOAQ', true, 'Contact', '003Zz000000100BIAQ', '00TZz0000001004MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-11-25 04:01:08', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:12.238928'),
	(22, '0RTZz000000100EOAQ', true, 'Contact', '003Zz8000001003IAA', '00TAy9000001001MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-07-14 14:51:53', '2026-10-30 14:04:13', '2026-11-25 04:01:08', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:12.238928'),
	(44, '0RTZz000000100NOAQ', false, 'Contact', '003Zz0000001008IAA', '00TZz0000001005MAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:12.238928'),
	(45, '0RTZz000000100OOAQ', false, 'Contact', '003Ay9000001005IAA', '00TZz0000001000MAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:12.238928'),
	(51, '0RTZz000000100dOAA', false, 'Pinned', '003Zz0000001009IAA', '00TaB3000001000UAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:12.238928'),
	(52, '0RTZz000000100eOAA', false, 'Pinned', '003Ay9000001008IAA', '00TZz0000001007MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:12.238928'),
	(53, '0RTZz000000100fOAA', false, 'Pinned', '003Zz000000100BIAQ', '00TAy9000001004MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:12.238928', '2026-11-25 20:56:12.238928'),
	(60, '0RTAy900000100AOAQ', false, 'Contact', '003Zz000000100AIAQ', '00TZz8000001003MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	(62, '0RTZz000000100QOAQ', false, 'Contact', '003Zz000000100eIAA', '00TAy9000001002MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	(63, '0RTZz000000100ROAQ', false, 'Contact', '003Zz000000100eIAA', '00TaB3000001000UAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	(69, '0RTaB30000010TOWAY', false, 'Contact', '003Zz8000001003IAA', '00TAy9000001005MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:18.129384'),
	(61, '0RTZz000000100POAQ', true, 'Contact', '003Ay9000001000IAA', '00TZz000000100CMAQ', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 04:01:08', '2026-11-25 04:01:08', '2026-11-25 09:31:35', '2026-11-25 20:56:18.129384', '2026-11-25 20:56:38.554889'),
	(94, '0RTZz800000100ROAQ', false, 'Contact', '003Ay9000001000IAA', '00TaB3000001000UAA', '005Zz0000001001IAA', '005Zz0000001001IAA', '2026-11-25 08:21:28', '2026-11-25 08:21:28', '2026-11-25 08:21:28', '2026-11-25 20:56:38.554889', '2026-11-25 20:56:38.554889'),
	(105, '0RTZz800000100UOAQ', false, 'Contact', '003Ay9000001005IAA', '00TZz8000001000MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25 10:36:39', '2026-11-25 10:36:39', '2026-11-25 10:36:39', '2026-11-25 20:56:42.178656', '2026-11-25 20:56:42.178656');


--
-- Data for Name: sf_users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sf_users VALUES
	(1, '005Zz0000001003IAA', 'user3@example.com', 'Jesse', 'Strnad', 'Jesse Strnad', 'user3@example.com', false, '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-03 21:55:17', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(2, '005Zz0000001000IAA', 'user0@example.com', 'Jesse', '加藤', 'Jesse 加藤', 'user0@example.com', false, '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-04-10 02:14:47', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(3, '005Zz0000001002IAA', 'user2@example.com', '亮介', '加藤', '亮介 加藤', 'user2@example.com', false, '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-05-13 12:08:37', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993'),
	(4, '005Zz0000001001IAA', 'user1@example.com', 'Christopher', 'Čermák', 'Christopher Čermák', 'user1@example.com', false, '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-07-03 07:24:35', '2026-11-25 20:56:08.501993', '2026-11-25 20:56:08.501993');


--
-- Data for Name: batches; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.batches OVERRIDING SYSTEM VALUE VALUES
	(1, 1, '1c217fef-bd98-40f9-aafa-166d7162fff9', 'contacts', 1, 'incremental', NULL, '2026-11-25 03:01:05+00', NULL, '003Ay9000001000IAA', '003aB3000001000QAA', 'queryAll', false, '00DZz0000000001MAA', 32, 2, 7, 101, 100000, '2026-11-25 20:56:05.58+00', 32, 'complete'),
	(2, 1, '1c217fef-bd98-40f9-aafa-166d7162fff9', 'tasks', 1, 'incremental', NULL, '2026-11-25 03:01:05+00', NULL, '00TAy9000001000MAA', '00TaB3000001000UAA', 'queryAll', false, '00DZz0000000001MAA', 17, 2, 10, 103, 100000, '2026-11-25 20:56:05.619+00', 17, 'complete'),
	(3, 1, '1c217fef-bd98-40f9-aafa-166d7162fff9', 'users', 1, 'incremental', NULL, '2026-11-25 03:01:05+00', NULL, '005Zz0000001000IAA', '005Zz0000001003IAA', 'queryAll', false, '00DZz0000000001MAA', 4, 2, 7, 105, 100000, '2026-11-25 20:56:05.641+00', 4, 'complete'),
	(4, 1, '1c217fef-bd98-40f9-aafa-166d7162fff9', 'task_who_relations', 1, 'incremental', NULL, '2026-11-25 03:01:07+00', NULL, '0RTAy9000001000OAA', '0RTaB30000010EhWAI', 'queryAll', false, '00DZz0000000001MAA', 40, 2, 7, 107, 100000, '2026-11-25 20:56:07.521+00', 40, 'complete'),
	(5, 2, '975bace8-fb16-44a2-8969-96f20b0bf389', 'task_who_relations', 1, 'incremental', '2026-11-25 02:46:07+00', '2026-11-25 04:06:11+00', NULL, '0RTAy9000001000OAA', '0RTaB30000010TOWAY', 'queryAll', false, '00DZz0000000001MAA', 38, 2, 11, 110, 100000, '2026-11-25 20:56:11.364+00', 38, 'complete'),
	(6, 3, 'cecf5b86-c29b-4648-96d7-f65448e9f4a5', 'contacts', 1, 'incremental', '2026-11-25 02:46:05+00', '2026-11-25 05:11:15+00', NULL, '003Zz000000100eIAA', '003Zz000000100gIAA', 'queryAll', false, '00DZz0000000001MAA', 3, 2, 11, 112, 100000, '2026-11-25 20:56:15.392+00', 3, 'complete'),
	(7, 3, 'cecf5b86-c29b-4648-96d7-f65448e9f4a5', 'tasks', 1, 'incremental', '2026-11-25 02:46:05+00', '2026-11-25 05:11:15+00', NULL, '00TAy9000001005MAA', '00TZz8000001006MAA', 'queryAll', false, '00DZz0000000001MAA', 7, 2, 8, 114, 100000, '2026-11-25 20:56:15.423+00', 7, 'complete'),
	(8, 3, 'cecf5b86-c29b-4648-96d7-f65448e9f4a5', 'users', 1, 'incremental', '2026-11-25 02:46:05+00', '2026-11-25 05:11:15+00', NULL, '005Ay9000001000IAA', '005Zz8000001000IAA', 'queryAll', false, '00DZz0000000001MAA', 2, 2, 13, 116, 100000, '2026-11-25 20:56:15.463+00', 2, 'complete'),
	(9, 3, '7b0cacfa-54f4-4b22-a39f-65353b35149a', 'task_who_relations', 1, 'incremental', '2026-11-25 03:51:11+00', '2026-11-25 05:11:17+00', NULL, '0RTAy9000001000OAA', '0RTaB30000010TOWAY', 'queryAll', false, '00DZz0000000001MAA', 42, 2, 4, 118, 100000, '2026-11-25 20:56:17.286+00', 42, 'complete'),
	(10, 4, '959473ad-d1df-41ee-a5fa-7311bbd829d9', 'task_who_relations', 1, 'full', NULL, '2026-11-25 06:16:21+00', NULL, '0RTAy9000001000OAA', '0RTaB30000010TOWAY', 'queryAll', false, '00DZz0000000001MAA', 75, 2, 5, 119, 100000, '2026-11-25 20:56:21.19+00', 75, 'complete'),
	(11, 5, '583619f8-81b7-497f-8659-4d46e648a26d', 'contacts', 1, 'incremental', '2026-11-25 04:56:15+00', '2026-11-25 07:21:25+00', NULL, '003Zz000000100fIAA', '003Zz000000100gIAA', 'queryAll', false, '00DZz0000000001MAA', 2, 2, 6, 122, 100000, '2026-11-25 20:56:25.386+00', 2, 'complete'),
	(12, 5, '583619f8-81b7-497f-8659-4d46e648a26d', 'tasks', 1, 'incremental', '2026-11-25 04:56:15+00', '2026-11-25 07:21:25+00', NULL, '00TZz000000100DMAQ', '00TZz8000001006MAA', 'queryAll', false, '00DZz0000000001MAA', 4, 2, 6, 124, 100000, '2026-11-25 20:56:25.414+00', 4, 'complete'),
	(13, 5, '583619f8-81b7-497f-8659-4d46e648a26d', 'users', 1, 'incremental', '2026-11-25 04:56:15+00', '2026-11-25 07:21:25+00', NULL, '005Ay9000001000IAA', '005Zz8000001000IAA', 'queryAll', false, '00DZz0000000001MAA', 2, 2, 8, 126, 100000, '2026-11-25 20:56:25.441+00', 2, 'complete'),
	(14, 5, '583619f8-81b7-497f-8659-4d46e648a26d', 'task_relation_deletes', 1, 'incremental', NULL, '2026-11-25 07:21:00+00', NULL, NULL, NULL, 'deleted', false, '00DZz0000000001MAA', 13, 3, 2, 129, 100000, '2026-11-25 20:56:27.246+00', NULL, 'complete'),
	(15, 5, '583619f8-81b7-497f-8659-4d46e648a26d', 'task_who_relations', 1, 'incremental', '2026-11-25 06:01:21+00', '2026-11-25 07:21:27+00', NULL, '0RTZz000000100XOAQ', '0RTZz000000100ZOAQ', 'queryAll', false, '00DZz0000000001MAA', 2, 2, 12, 131, 100000, '2026-11-25 20:56:27.267+00', 2, 'complete'),
	(16, 6, 'fd0c512e-55c7-433b-a454-746270cbc385', 'task_who_relations', 1, 'incremental', '2026-11-25 07:06:27+00', '2026-11-25 08:26:30+00', NULL, NULL, NULL, 'queryAll', false, '00DZz0000000001MAA', 0, 2, 0, NULL, NULL, '2026-11-25 20:56:30.841+00', NULL, 'failed'),
	(17, 7, '727d05cb-5dcb-44ff-844e-b65eb36ee31c', 'task_who_relations', 1, 'incremental', '2026-11-25 07:06:27+00', '2026-11-25 08:31:34+00', NULL, NULL, NULL, 'queryAll', false, '00DZz0000000001MAA', 0, 1, 0, NULL, NULL, '2026-11-25 20:56:34.309+00', 3, 'quota'),
	(18, 8, 'ec1bead4-77ce-476a-922f-f52b3c99ae6a', 'task_relation_deletes', 1, 'incremental', '2026-11-25 07:21:00+00', '2026-11-25 09:36:00+00', NULL, NULL, NULL, 'deleted', false, '00DZz0000000001MAA', 1, 1, 3, 1001, 100000, '2026-11-25 20:56:37.698+00', NULL, 'complete'),
	(19, 8, 'ec1bead4-77ce-476a-922f-f52b3c99ae6a', 'task_who_relations', 1, 'incremental', '2026-11-25 07:06:27+00', '2026-11-25 09:36:37+00', NULL, '0RTAy900000100JOAQ', '0RTZz800000100ROAQ', 'queryAll', false, '00DZz0000000001MAA', 7, 2, 8, 1003, 100000, '2026-11-25 20:56:37.722+00', 7, 'complete'),
	(20, 10, 'fca953c5-a446-40af-a0bc-2e65d34f4b71', 'task_who_relations', 1, 'incremental', '2026-11-25 09:21:37+00', '2026-11-25 10:41:41+00', NULL, '0RTAy900000100JOAQ', '0RTZz800000100UOAQ', 'queryAll', false, '00DZz0000000001MAA', 6, 2, 3, 1005, 100000, '2026-11-25 20:56:41.14+00', 6, 'complete');


--
-- Data for Name: contacts; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.contacts VALUES
	('003Zz800000100FIAQ', 'false', 'Ernest', 'New', 'Ernest 松田', 'contact3@example.com', '+1 555 0100', NULL, '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', 319);


--
-- Data for Name: deleted_relations; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.deleted_relations VALUES
	('0RTZz000000100dOAA', '2026-11-25 07:16:22+00', '2026-11-25 20:56:28.036239+00', false),
	('0RTZz000000100eOAA', '2026-11-25 07:16:22+00', '2026-11-25 20:56:28.036239+00', false),
	('0RTAy9000001000OAA', '2026-11-25 05:06:12+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTAy9000001001OAA', '2026-11-25 06:11:18+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTAy9000001004OAA', '2026-11-25 07:16:22+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTAy9000001005OAA', '2026-11-25 07:16:22+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTAy9000001006OAA', '2026-11-25 07:16:22+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTAy900000100FOAQ', '2026-11-25 05:06:12+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTZz000000100DOAQ', '2026-11-25 04:01:08+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTZz000000100EOAQ', '2026-11-25 04:01:08+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTZz000000100YOAQ', '2026-11-25 07:16:22+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTZz000000100gOAA', '2026-11-25 04:01:08+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTZz000000100hOAA', '2026-11-25 04:01:08+00', '2026-11-25 20:56:28.036239+00', true),
	('0RTZz000000100POAQ', '2026-11-25 09:31:35+00', '2026-11-25 20:56:38.554889+00', true);


--
-- Data for Name: failed_parents; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.failed_parents VALUES
	('users', '005Ay9000001000IAA', '{"Id": "005Ay9000001000IAA", "Name": "Jesse 加藤", "Email": "user0@example.com", "LastName": "加藤", "Username": "user0@example.com", "FirstName": "Jesse", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedDate": "2026-11-25T05:06:12.000+0000", "IsProfilePhotoActive": "perhaps"}', '{invalid_value}', 'invalid_value: IsProfilePhotoActive cannot be stored as it is', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('contacts', '003Zz000000100fIAA', '{"Id": "003Zz000000100fIAA", "Name": "Ernest 松田", "Email": "contact3@example.com", "Phone": "+1 555 0100", "Title": null, "LastName": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "FirstName": "Ernest", "IsDeleted": "false", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{invalid_value}', 'invalid_value: LastName cannot be stored as it is', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('contacts', '003Zz000000100gIAA', '{"Id": "003Zz000000100gIAA", "Name": "Ernest 松田", "Email": "contact3@example.com", "Phone": "+1 555 0100", "Title": null, "LastName": "Refused", "FirstName": "Ernest", "IsDeleted": "false", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{constraint}', 'constraint: 23514 new row for relation "sf_contacts" violates check constraint "no_refused_name"', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('tasks', '00TZz8000001006MAA', '{"Id": "00TZz8000001006MAA", "Status": null, "OwnerId": "005Zz0000001002IAA", "Subject": "Call 鈴木", "IsClosed": "true", "Priority": "High", "IsDeleted": "false", "IsArchived": "false", "CreatedById": "005Zz0000001002IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "ActivityDate": "2026-02-30", "IsHighPriority": "true", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001002IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{null_value,invalid_value}', 'null_value: Status must not be null; invalid_value: ActivityDate cannot be stored as it is', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('tasks', '00TZz000000100EMAQ', '{"Id": "00TZz000000100EMAQ", "Status": "Completed", "OwnerId": "005Zz0000001002IAA", "Subject": "Call 鈴木", "IsClosed": "true", "Priority": null, "IsDeleted": "false", "IsArchived": "false", "CreatedById": "005Zz0000001002IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "ActivityDate": "2026-07-14", "IsHighPriority": "true", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001002IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{null_value}', 'null_value: Priority must not be null', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('tasks', '00TZz000000100FMAQ', '{"Id": "00TZz000000100FMAQ", "Status": "Completed", "OwnerId": "005Zz0000001002IAA", "Subject": "Ignored", "IsClosed": "true", "Priority": "High", "IsDeleted": "false", "IsArchived": "false", "CreatedById": "005Zz0000001002IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "ActivityDate": "2026-07-14", "IsHighPriority": "true", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001002IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{suppressed}', 'suppressed: a trigger or a rule of public.sf_activities took the row away', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('users', '005Zz8000001000IAA', '{"Id": "005Zz8000001000IAA", "Name": "Jesse 加藤", "Email": null, "LastName": "加藤", "Username": "user0@example.com", "FirstName": "Still", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T07:16:22.000+0000", "LastModifiedDate": "2026-11-25T05:06:12.000+0000", "IsProfilePhotoActive": "f"}', '{null_value}', 'null_value: Email must not be null', '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:28.036239+00', 2);


--
-- Data for Name: failed_relations; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.failed_relations VALUES
	('0RTZz000000100LOAQ', '{"Id": "0RTZz000000100LOAQ", "Type": "Contact", "TaskId": "00TZz000000100AMAQ", "IsDeleted": "false", "RelationId": "003Zz000000100QIAQ", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-07-03T07:24:35.000+0000", "SystemModstamp": "2026-07-03T07:24:35.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-07-03T07:24:35.000+0000"}', '{missing_task}', 'missing_task: 00TZz000000100AMAQ is not in sf_activities', '00TZz000000100AMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:08.501993+00', '2026-11-25 20:56:08.501993+00', 1),
	('0RTZz800000100FOAQ', '{"Id": "0RTZz800000100FOAQ", "Type": "Contact", "TaskId": "00TAy9000001003MAA", "IsDeleted": "false", "RelationId": "003Zz000000100cIAA", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-04-28T11:05:21.000+0000", "SystemModstamp": "2026-04-28T11:05:21.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-04-28T11:05:21.000+0000"}', '{missing_task}', 'missing_task: 00TAy9000001003MAA is not in sf_activities', '00TAy9000001003MAA', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:08.501993+00', '2026-11-25 20:56:08.501993+00', 1),
	('0RTAy900000100COAQ', '{"Id": "0RTAy900000100COAQ", "Type": "Contact", "TaskId": "00TAy9000001001MAA", "IsDeleted": "false", "RelationId": "003Zz8000001000IAA", "CreatedById": "005Zz0000003m8BIAQ", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_user}', 'missing_user: 005Zz0000003m8BIAQ is not in sf_users', NULL, NULL, '005Zz0000003m8BIAQ', NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTAy900000100DOAQ', '{"Id": "0RTAy900000100DOAQ", "Type": "Contact", "TaskId": "00TZz8000001000MAA", "IsDeleted": "false", "RelationId": "003Zz000000100BIAQ", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000003m8CIAQ", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_user}', 'missing_user: 005Zz0000003m8CIAQ is not in sf_users', NULL, NULL, NULL, '005Zz0000003m8CIAQ', DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTAy900000100EOAQ', '{"Id": "0RTAy900000100EOAQ", "Type": "Contact", "TaskId": "00TaB3000001000UAA", "IsDeleted": "false", "RelationId": "003Ay9000001009IAA", "CreatedById": null, "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{null_value}', 'null_value: CreatedById must not be null', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100SOAQ', '{"Id": "0RTZz000000100SOAQ", "Type": "Contact", "TaskId": "00TZz000000100BMAQ", "IsDeleted": "false", "RelationId": "003Zz0000003m89IAA", "CreatedById": "005Zz0000001001IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001001IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_contact}', 'missing_contact: 003Zz0000003m89IAA is not in sf_contacts', NULL, '003Zz0000003m89IAA', NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100TOAQ', '{"Id": "0RTZz000000100TOAQ", "Type": "Contact", "TaskId": "00TZz0000003m8AMAQ", "IsDeleted": "false", "RelationId": "003Ay9000001009IAA", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_task}', 'missing_task: 00TZz0000003m8AMAQ is not in sf_activities', '00TZz0000003m8AMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100UOAQ', '{"Id": "0RTZz000000100UOAQ", "Type": "Contact", "TaskId": "00TZz0000001007MAA", "IsDeleted": "false", "RelationId": "003Zz000000100PIAQ", "CreatedById": "005Zz0000003m8DIAQ", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000003m8DIAQ", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_user}', 'missing_user: 005Zz0000003m8DIAQ is not in sf_users', NULL, NULL, '005Zz0000003m8DIAQ', '005Zz0000003m8DIAQ', DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100WOAQ', '{"Id": "0RTZz000000100WOAQ", "Type": "Contact", "TaskId": "00TZz0000003m8FMAQ", "IsDeleted": "false", "RelationId": "003Zz0000003m8GIAQ", "CreatedById": "005Zz0000003m8HIAQ", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000003m8IIAQ", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_task,missing_contact,missing_user}', 'missing_task: 00TZz0000003m8FMAQ is not in sf_activities; missing_contact: 003Zz0000003m8GIAQ is not in sf_contacts; missing_user: 005Zz0000003m8HIAQ is not in sf_users; missing_user: 005Zz0000003m8IIAQ is not in sf_users', '00TZz0000003m8FMAQ', '003Zz0000003m8GIAQ', '005Zz0000003m8HIAQ', '005Zz0000003m8IIAQ', DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100gOAA', '{"Id": "0RTZz000000100gOAA", "Type": "Contact", "TaskId": "00TZz0000003m8AMAQ", "IsDeleted": "true", "RelationId": "003Ay9000001003IAA", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_task}', 'missing_task: 00TZz0000003m8AMAQ is not in sf_activities', '00TZz0000003m8AMAQ', NULL, NULL, NULL, DEFAULT, true, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100hOAA', '{"Id": "0RTZz000000100hOAA", "Type": "Contact", "TaskId": "00TZz0000001006MAA", "IsDeleted": "true", "RelationId": "003Ay9000001007IAA", "CreatedById": "005Zz0000003m8MIAQ", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_user}', 'missing_user: 005Zz0000003m8MIAQ is not in sf_users', NULL, NULL, '005Zz0000003m8MIAQ', NULL, DEFAULT, true, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz800000100IOAQ', '{"Id": "0RTZz800000100IOAQ", "Type": "Contact", "TaskId": "00TZz0000001004MAA", "IsDeleted": "false", "RelationId": "no Id", "CreatedById": "005Zz0000001002IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001002IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{invalid_value}', 'invalid_value: RelationId cannot be stored as it is', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz800000100LOAQ', '{"Id": "0RTZz800000100LOAQ", "Type": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "TaskId": "00TZz0000003m8JMAQ", "IsDeleted": "false", "RelationId": "003Ay9000001000IAA", "CreatedById": "005Zz0000001001IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": null, "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_task,null_value,invalid_value}', 'missing_task: 00TZz0000003m8JMAQ is not in sf_activities; null_value: LastModifiedById must not be null; invalid_value: Type cannot be stored as it is', '00TZz0000003m8JMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100aOAA', '{"Id": "0RTZz000000100aOAA", "Type": "Refused", "TaskId": "00TZz0000001006MAA", "IsDeleted": "false", "RelationId": "003Zz000000100KIAQ", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{constraint}', 'constraint: 23514 new row for relation "sf_taskwhorelations" violates check constraint "no_refused_type"', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100XOAQ', '{"Id": "0RTZz000000100XOAQ", "Type": "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", "TaskId": "00TZz0000001004MAA", "IsDeleted": "false", "RelationId": "003Zz000000100TIAQ", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T07:16:22.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{invalid_value}', 'invalid_value: Type cannot be stored as it is', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:28.036239+00', 2),
	('0RTZz000000100ZOAQ', '{"Id": "0RTZz000000100ZOAQ", "Type": "Refused", "TaskId": "00TZz0000001008MAA", "IsDeleted": "false", "RelationId": "003Ay9000001005IAA", "CreatedById": "005Zz0000001002IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T07:16:22.000+0000", "LastModifiedById": "005Zz0000001001IAA", "LastModifiedDate": "2026-11-25T07:16:22.000+0000"}', '{constraint}', 'constraint: 23514 new row for relation "sf_taskwhorelations" violates check constraint "no_refused_type"', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:28.036239+00', 2),
	('0RTZz000000100bOAA', '{"Id": "0RTZz000000100bOAA", "Type": "Ignored", "TaskId": "00TZz0000001007MAA", "IsDeleted": "false", "RelationId": "003Zz000000100QIAQ", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{suppressed}', 'suppressed: a trigger or a rule of public.sf_taskwhorelations took the row away', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTZz000000100cOAA', '{"Id": "0RTZz000000100cOAA", "Type": "Ignored", "TaskId": "00TAy9000001000MAA", "IsDeleted": "false", "RelationId": "003Zz000000100cIAA", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{suppressed}', 'suppressed: a trigger or a rule of public.sf_taskwhorelations took the row away', NULL, NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:12.238928+00', 1),
	('0RTAy900000100BOAQ', '{"Id": "0RTAy900000100BOAQ", "Type": "Contact", "TaskId": "00TZz0000003m8NMAQ", "IsDeleted": "false", "RelationId": "003Ay900000100AIAQ", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_task}', 'missing_task: 00TZz0000003m8NMAQ is not in sf_activities', '00TZz0000003m8NMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:18.129384+00', 2),
	('0RTAy900000100FOAQ', '{"Id": "0RTAy900000100FOAQ", "Type": "Contact", "TaskId": "00TZz0000003m8PMAQ", "IsDeleted": "true", "RelationId": "003Zz0000003m8LIAQ", "CreatedById": "005Zz0000001001IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001001IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_task,missing_contact}', 'missing_task: 00TZz0000003m8PMAQ is not in sf_activities; missing_contact: 003Zz0000003m8LIAQ is not in sf_contacts', '00TZz0000003m8PMAQ', '003Zz0000003m8LIAQ', NULL, NULL, DEFAULT, true, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:18.129384+00', 2),
	('0RTAy900000100GOAQ', '{"Id": "0RTAy900000100GOAQ", "Type": "Contact", "TaskId": "00TAy9000001002MAA", "IsDeleted": "false", "RelationId": "003Zz0000001008IAA", "CreatedById": "005Zz8000001000IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz8000001000IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{missing_user}', 'missing_user: 005Zz8000001000IAA is not in sf_users', NULL, NULL, '005Zz8000001000IAA', '005Zz8000001000IAA', DEFAULT, false, '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('0RTAy900000100HOAQ', '{"Id": "0RTAy900000100HOAQ", "Type": "Contact", "TaskId": "00TZz0000001009MAA", "IsDeleted": "false", "RelationId": "003Zz000000100gIAA", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{missing_contact}', 'missing_contact: 003Zz000000100gIAA is not in sf_contacts', NULL, '003Zz000000100gIAA', NULL, NULL, DEFAULT, false, '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('0RTAy900000100IOAQ', '{"Id": "0RTAy900000100IOAQ", "Type": "Contact", "TaskId": "00TZz000000100EMAQ", "IsDeleted": "false", "RelationId": "003Zz000000100RIAQ", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001003IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{missing_task}', 'missing_task: 00TZz000000100EMAQ is not in sf_activities', '00TZz000000100EMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('0RTZz000000100VOAQ', '{"Id": "0RTZz000000100VOAQ", "Type": "Contact", "TaskId": "00TZz000000100DMAQ", "IsDeleted": "false", "RelationId": "003Zz0000003m8EIAQ", "CreatedById": "005Zz0000001001IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T04:01:08.000+0000", "LastModifiedById": "005Zz0000001001IAA", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_contact}', 'missing_contact: 003Zz0000003m8EIAQ is not in sf_contacts', NULL, '003Zz0000003m8EIAQ', NULL, NULL, DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:18.129384+00', 2),
	('0RTZz000000100iOAA', '{"Id": "0RTZz000000100iOAA", "Type": "Contact", "TaskId": "00TZz8000001000MAA", "IsDeleted": "false", "RelationId": "003Zz000000100fIAA", "CreatedById": "005Zz0000001001IAA", "CreatedDate": "2026-11-25T05:06:12.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000001001IAA", "LastModifiedDate": "2026-11-25T05:06:12.000+0000"}', '{missing_contact}', 'missing_contact: 003Zz000000100fIAA is not in sf_contacts', NULL, '003Zz000000100fIAA', NULL, NULL, DEFAULT, false, '2026-11-25 20:56:18.129384+00', '2026-11-25 20:56:18.129384+00', 1),
	('0RTZz800000100OOAQ', '{"Id": "0RTZz800000100OOAQ", "Type": "Refused", "TaskId": "00TAy9000001000MAA", "IsDeleted": "false", "RelationId": "003Zz000000100JIAQ", "CreatedById": "005Zz0000001003IAA", "CreatedDate": "2026-11-25T04:01:08.000+0000", "SystemModstamp": "2026-11-25T05:06:12.000+0000", "LastModifiedById": "005Zz0000003m8OIAQ", "LastModifiedDate": "2026-11-25T04:01:08.000+0000"}', '{missing_user}', 'missing_user: 005Zz0000003m8OIAQ is not in sf_users', NULL, NULL, NULL, '005Zz0000003m8OIAQ', DEFAULT, false, '2026-11-25 20:56:12.238928+00', '2026-11-25 20:56:18.129384+00', 2),
	('no-id-b18b6fa743507ef2b5c82c4b6ccda8d9', '{"Id": null, "Type": "Contact", "TaskId": "00TZz0000000001MAA", "IsDeleted": "false", "RelationId": "003Zz0000000001IAA", "CreatedById": "005Zz0000000001IAA", "CreatedDate": "2024-05-01T08:00:00.000Z", "SystemModstamp": "2024-05-01T08:00:00.000Z", "LastModifiedById": "005Zz0000000001IAA", "LastModifiedDate": "2024-05-01T08:00:00.000Z"}', '{missing_task,missing_contact,missing_user,null_value}', 'missing_task: 00TZz0000000001MAA is not in sf_activities; missing_contact: 003Zz0000000001IAA is not in sf_contacts; missing_user: 005Zz0000000001IAA is not in sf_users; null_value: Id must not be null', '00TZz0000000001MAA', '003Zz0000000001IAA', '005Zz0000000001IAA', '005Zz0000000001IAA', DEFAULT, false, '2026-11-25 20:56:38.554889+00', '2026-11-25 20:56:38.554889+00', 1),
	('0RTAy900000100JOAQ', '{"Id": "0RTAy900000100JOAQ", "Type": "Contact", "TaskId": "00TZz000000100HMAQ", "IsDeleted": "false", "RelationId": "003Zz000000100KIAQ", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-11-25T09:31:35.000+0000", "SystemModstamp": "2026-11-25T09:31:35.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-11-25T09:31:35.000+0000"}', '{missing_task}', 'missing_task: 00TZz000000100HMAQ is not in sf_activities', '00TZz000000100HMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:38.554889+00', '2026-11-25 20:56:38.554889+00', 1),
	('0RTZz000000100jOAA', '{"Id": "0RTZz000000100jOAA", "Type": "Contact", "TaskId": "00TZz000000100GMAQ", "IsDeleted": "false", "RelationId": "003Ay900000100AIAQ", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-11-25T09:31:35.000+0000", "SystemModstamp": "2026-11-25T09:31:35.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-11-25T09:31:35.000+0000"}', '{missing_task}', 'missing_task: 00TZz000000100GMAQ is not in sf_activities', '00TZz000000100GMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:38.554889+00', '2026-11-25 20:56:38.554889+00', 1),
	('0RTZz000000100kOAA', '{"Id": "0RTZz000000100kOAA", "Type": "Contact", "TaskId": "00TZz000000100IMAQ", "IsDeleted": "false", "RelationId": "003Ay900000100AIAQ", "CreatedById": "005Zz0000001000IAA", "CreatedDate": "2026-11-25T09:31:35.000+0000", "SystemModstamp": "2026-11-25T09:31:35.000+0000", "LastModifiedById": "005Zz0000001000IAA", "LastModifiedDate": "2026-11-25T09:31:35.000+0000"}', '{missing_task}', 'missing_task: 00TZz000000100IMAQ is not in sf_activities', '00TZz000000100IMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:38.554889+00', '2026-11-25 20:56:38.554889+00', 1),
	('0RTAy900000100KOAQ', '{"Id": "0RTAy900000100KOAQ", "Type": "Contact", "TaskId": "00TZz0000003m8RMAQ", "IsDeleted": "false", "RelationId": "003Ay9000001005IAA", "CreatedById": "005Zz0000001002IAA", "CreatedDate": "2026-11-25T10:36:39.000+0000", "SystemModstamp": "2026-11-25T10:36:39.000+0000", "LastModifiedById": "005Zz0000001002IAA", "LastModifiedDate": "2026-11-25T10:36:39.000+0000"}', '{missing_task}', 'missing_task: 00TZz0000003m8RMAQ is not in sf_activities', '00TZz0000003m8RMAQ', NULL, NULL, NULL, DEFAULT, false, '2026-11-25 20:56:42.178656+00', '2026-11-25 20:56:42.178656+00', 1);


--
-- Data for Name: missing_parents; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.missing_parents VALUES
	('tasks', '00TAy9000001003MAA', 1, 1),
	('tasks', '00TZz000000100AMAQ', 1, 1),
	('contacts', '003Zz0000003m89IAA', 1, 1),
	('contacts', '003Zz0000003m8GIAQ', 1, 1),
	('tasks', '00TZz0000003m8FMAQ', 1, 1),
	('tasks', '00TZz0000003m8JMAQ', 1, 1),
	('users', '005Zz0000003m8BIAQ', 1, 1),
	('users', '005Zz0000003m8CIAQ', 1, 1),
	('users', '005Zz0000003m8DIAQ', 2, 2),
	('users', '005Zz0000003m8HIAQ', 1, 1),
	('users', '005Zz0000003m8IIAQ', 1, 1),
	('users', '005Zz0000003m8MIAQ', 1, 0),
	('tasks', '00TZz0000003m8NMAQ', 1, 1),
	('tasks', '00TZz0000003m8PMAQ', 1, 0),
	('users', '005Zz0000003m8OIAQ', 1, 1),
	('contacts', '003Zz0000003m8EIAQ', 1, 1),
	('contacts', '003Zz0000003m8LIAQ', 1, 0),
	('tasks', '00TZz0000003m8AMAQ', 2, 1),
	('contacts', '003Zz000000100fIAA', 1, 1),
	('contacts', '003Zz000000100gIAA', 1, 1),
	('tasks', '00TZz000000100EMAQ', 1, 1),
	('users', '005Zz8000001000IAA', 2, 2),
	('contacts', '003Zz0000000001IAA', 1, 1),
	('tasks', '00TZz0000000001MAA', 1, 1),
	('tasks', '00TZz000000100GMAQ', 1, 1),
	('tasks', '00TZz000000100HMAQ', 1, 1),
	('tasks', '00TZz000000100IMAQ', 1, 1),
	('users', '005Zz0000000001IAA', 2, 2),
	('tasks', '00TZz0000003m8RMAQ', 1, 1);


--
-- Data for Name: runs; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.runs OVERRIDING SYSTEM VALUE VALUES
	(4, '{959473ad-d1df-41ee-a5fa-7311bbd829d9}', '2026-11-25 20:56:21.903582+00', '2026-11-25 20:56:22.116677+00', 'ok', 'full', '[{"to": "2026-11-25T06:16:21Z", "from": null, "mode": "full", "run_id": "959473ad-d1df-41ee-a5fa-7311bbd829d9", "stream": "task_who_relations", "counted": 75, "outcome": "complete", "records": 75, "complete": true}]', '{"swept": 1, "failed": 24, "healed": 0, "deleted": 0, "removed": 0, "retried": 0, "updated": 0, "inserted": 0, "retrieved": 75, "set_aside": 4, "unchanged": 47, "successful": 47, "suppressed": 2, "failed_again": 0, "quarantined_now": 24, "removed_waiting": 0, "listed_as_removed": 0}', 2, 'published', 'taskwhorelation_sync_results_20261125_205621', 'reports/taskwhorelation_sync_results_20261125_205621.md', '{"api": {"max": 100000, "used": 119, "calls": 2}, "mode": "full", "error": null, "sweep": "The full run was complete; what it did not see of before 2026-11-25 06:01:21+00:00 is deleted.", "counts": {"swept": 1, "failed": 24, "healed": 0, "deleted": 0, "removed": 0, "retried": 0, "updated": 0, "inserted": 0, "retrieved": 75, "set_aside": 4, "unchanged": 47, "successful": 47, "suppressed": 2, "failed_again": 0, "quarantined_now": 24, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {"constraint": 3, "null_value": 2, "suppressed": 2, "foreign_key": 16, "missing_task": 7, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "run_id": 4, "status": "ok", "batches": [{"mode": "full", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "959473ad-d1df-41ee-a5fa-7311bbd829d9", "stream": "task_who_relations", "api_max": 100000, "counted": 75, "last_id": "0RTaB30000010TOWAY", "outcome": "complete", "records": 75, "resumed": false, "after_id": null, "api_used": 119, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTAy9000001000OAA", "window_to": "2026-11-25T06:16:21Z", "fetched_at": "2026-11-25T20:56:21.190000Z", "duration_ms": 5, "window_from": null}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 7}, "users": {"ids": ["005Zz0000003m8BIAQ"], "total": 7}, "contacts": {"ids": ["003Zz000000100fIAA"], "total": 5}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 3, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["959473ad-d1df-41ee-a5fa-7311bbd829d9"], "windows": [{"to": "2026-11-25T06:16:21Z", "from": null, "mode": "full", "run_id": "959473ad-d1df-41ee-a5fa-7311bbd829d9", "stream": "task_who_relations", "counted": 75, "outcome": "complete", "records": 75, "complete": true}], "warnings": [], "exit_code": 0, "accounting": {"left": 75, "right": 75, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:18.885006Z", "finished_at": "2026-11-25T20:56:22.116677Z", "report_name": "taskwhorelation_sync_results_20261125_205621", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205621_failed.jsonl.gz", "successful": "taskwhorelation_sync_results_20261125_205621_successful.jsonl.gz"}, "failed_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "schema_version": 1, "standing_errors": {"constraint": 3, "null_value": 2, "suppressed": 2, "missing_task": 7, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "standing_records": [], "successful_records": [{"error": null, "action": "unchanged", "success": true, "task_id": "00TZz0000003m8QMAQ", "relation_id": "003Zz000000100AIAQ", "salesforce_id": "0RTAy9000001000OAA"}]}'),
	(1, '{1c217fef-bd98-40f9-aafa-166d7162fff9}', '2026-11-25 20:56:08.502031+00', '2026-11-25 20:56:08.664185+00', 'ok', 'incremental', '[{"to": "2026-11-25T03:01:05Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "contacts", "counted": 32, "outcome": "complete", "records": 32, "complete": true}, {"to": "2026-11-25T03:01:05Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "tasks", "counted": 17, "outcome": "complete", "records": 17, "complete": true}, {"to": "2026-11-25T03:01:05Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "users", "counted": 4, "outcome": "complete", "records": 4, "complete": true}, {"to": "2026-11-25T03:01:07Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "task_who_relations", "counted": 40, "outcome": "complete", "records": 40, "complete": true}]', '{"swept": 0, "failed": 2, "healed": 0, "deleted": 0, "removed": 0, "retried": 0, "updated": 0, "inserted": 36, "retrieved": 40, "set_aside": 2, "unchanged": 0, "successful": 36, "suppressed": 0, "failed_again": 0, "quarantined_now": 2, "removed_waiting": 0, "listed_as_removed": 0}', 8, 'published', 'taskwhorelation_sync_results_20261125_205608', 'reports/taskwhorelation_sync_results_20261125_205608.md', '{"api": {"max": 100000, "used": 107, "calls": 8}, "mode": "incremental", "error": null, "sweep": null, "counts": {"swept": 0, "failed": 2, "healed": 0, "deleted": 0, "removed": 0, "retried": 0, "updated": 0, "inserted": 36, "retrieved": 40, "set_aside": 2, "unchanged": 0, "successful": 36, "suppressed": 0, "failed_again": 0, "quarantined_now": 2, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {"foreign_key": 2, "missing_task": 2}, "run_id": 1, "status": "ok", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "contacts", "api_max": 100000, "counted": 32, "last_id": "003aB3000001000QAA", "outcome": "complete", "records": 32, "resumed": false, "after_id": null, "api_used": 101, "attempts": 2, "endpoint": "queryAll", "first_id": "003Ay9000001000IAA", "window_to": "2026-11-25T03:01:05Z", "fetched_at": "2026-11-25T20:56:05.580000Z", "duration_ms": 7, "window_from": null}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "tasks", "api_max": 100000, "counted": 17, "last_id": "00TaB3000001000UAA", "outcome": "complete", "records": 17, "resumed": false, "after_id": null, "api_used": 103, "attempts": 2, "endpoint": "queryAll", "first_id": "00TAy9000001000MAA", "window_to": "2026-11-25T03:01:05Z", "fetched_at": "2026-11-25T20:56:05.619000Z", "duration_ms": 10, "window_from": null}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "users", "api_max": 100000, "counted": 4, "last_id": "005Zz0000001003IAA", "outcome": "complete", "records": 4, "resumed": false, "after_id": null, "api_used": 105, "attempts": 2, "endpoint": "queryAll", "first_id": "005Zz0000001000IAA", "window_to": "2026-11-25T03:01:05Z", "fetched_at": "2026-11-25T20:56:05.641000Z", "duration_ms": 7, "window_from": null}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "task_who_relations", "api_max": 100000, "counted": 40, "last_id": "0RTaB30000010EhWAI", "outcome": "complete", "records": 40, "resumed": false, "after_id": null, "api_used": 107, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTAy9000001000OAA", "window_to": "2026-11-25T03:01:07Z", "fetched_at": "2026-11-25T20:56:07.521000Z", "duration_ms": 7, "window_from": null}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 2}}, "parents": {"tasks": {"failed": 0, "deleted": 0, "retried": 0, "updated": 0, "inserted": 17, "retrieved": 17, "unchanged": 0, "suppressed": 0, "quarantined_now": 0}, "users": {"failed": 0, "deleted": 0, "retried": 0, "updated": 0, "inserted": 4, "retrieved": 4, "unchanged": 0, "suppressed": 0, "quarantined_now": 0}, "contacts": {"failed": 0, "deleted": 0, "retried": 0, "updated": 0, "inserted": 32, "retrieved": 32, "unchanged": 0, "suppressed": 0, "quarantined_now": 0}}, "run_ids": ["1c217fef-bd98-40f9-aafa-166d7162fff9"], "windows": [{"to": "2026-11-25T03:01:05Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "contacts", "counted": 32, "outcome": "complete", "records": 32, "complete": true}, {"to": "2026-11-25T03:01:05Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "tasks", "counted": 17, "outcome": "complete", "records": 17, "complete": true}, {"to": "2026-11-25T03:01:05Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "users", "counted": 4, "outcome": "complete", "records": 4, "complete": true}, {"to": "2026-11-25T03:01:07Z", "from": null, "mode": "incremental", "run_id": "1c217fef-bd98-40f9-aafa-166d7162fff9", "stream": "task_who_relations", "counted": 40, "outcome": "complete", "records": 40, "complete": true}], "warnings": [], "exit_code": 0, "accounting": {"left": 40, "right": 40, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:02.853067Z", "finished_at": "2026-11-25T20:56:08.664185Z", "report_name": "taskwhorelation_sync_results_20261125_205608", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205608_failed.jsonl.gz", "successful": "taskwhorelation_sync_results_20261125_205608_successful.jsonl.gz"}, "failed_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "schema_version": 1, "standing_errors": {"missing_task": 2}, "standing_records": [], "successful_records": [{"error": null, "action": "inserted", "success": true, "task_id": "00TZz0000001000MAA", "relation_id": "003Zz000000100AIAQ", "salesforce_id": "0RTAy9000001000OAA"}]}'),
	(2, '{975bace8-fb16-44a2-8969-96f20b0bf389}', '2026-11-25 20:56:12.238976+00', '2026-11-25 20:56:12.334164+00', 'ok', 'incremental', '[{"to": "2026-11-25T04:06:11Z", "from": "2026-11-25T02:46:07Z", "mode": "incremental", "run_id": "975bace8-fb16-44a2-8969-96f20b0bf389", "stream": "task_who_relations", "counted": 38, "outcome": "complete", "records": 38, "complete": true}]', '{"swept": 0, "failed": 23, "healed": 0, "deleted": 2, "removed": 0, "retried": 2, "updated": 3, "inserted": 7, "retrieved": 38, "set_aside": 3, "unchanged": 0, "successful": 12, "suppressed": 2, "failed_again": 2, "quarantined_now": 25, "removed_waiting": 0, "listed_as_removed": 0}', 2, 'published', 'taskwhorelation_sync_results_20261125_205612', 'reports/taskwhorelation_sync_results_20261125_205612.md', '{"api": {"max": 100000, "used": 110, "calls": 2}, "mode": "incremental", "error": null, "sweep": null, "counts": {"swept": 0, "failed": 23, "healed": 0, "deleted": 2, "removed": 0, "retried": 2, "updated": 3, "inserted": 7, "retrieved": 38, "set_aside": 3, "unchanged": 0, "successful": 12, "suppressed": 2, "failed_again": 2, "quarantined_now": 25, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {"constraint": 4, "null_value": 2, "suppressed": 2, "foreign_key": 14, "missing_task": 8, "missing_user": 4, "invalid_value": 3, "missing_contact": 5}, "run_id": 2, "status": "ok", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "975bace8-fb16-44a2-8969-96f20b0bf389", "stream": "task_who_relations", "api_max": 100000, "counted": 38, "last_id": "0RTaB30000010TOWAY", "outcome": "complete", "records": 38, "resumed": false, "after_id": null, "api_used": 110, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTAy9000001000OAA", "window_to": "2026-11-25T04:06:11Z", "fetched_at": "2026-11-25T20:56:11.364000Z", "duration_ms": 11, "window_from": "2026-11-25T02:46:07Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 9}, "users": {"ids": ["005Zz0000003m8BIAQ"], "total": 5}, "contacts": {"ids": ["003Zz000000100eIAA"], "total": 4}}, "parents": {}, "run_ids": ["975bace8-fb16-44a2-8969-96f20b0bf389"], "windows": [{"to": "2026-11-25T04:06:11Z", "from": "2026-11-25T02:46:07Z", "mode": "incremental", "run_id": "975bace8-fb16-44a2-8969-96f20b0bf389", "stream": "task_who_relations", "counted": 38, "outcome": "complete", "records": 38, "complete": true}], "warnings": [], "exit_code": 0, "accounting": {"left": 40, "right": 40, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:08.984347Z", "finished_at": "2026-11-25T20:56:12.334164Z", "report_name": "taskwhorelation_sync_results_20261125_205612", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205612_failed.jsonl.gz", "successful": "taskwhorelation_sync_results_20261125_205612_successful.jsonl.gz"}, "failed_records": [{"error": "missing_task: 00TZz8000001003MAA is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz8000001003MAA", "relation_id": "003Zz000000100AIAQ", "salesforce_id": "0RTAy900000100AOAQ"}], "schema_version": 1, "standing_errors": {"constraint": 4, "null_value": 2, "suppressed": 2, "missing_task": 10, "missing_user": 4, "invalid_value": 3, "missing_contact": 5}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": [{"error": null, "action": "updated", "success": true, "task_id": "00TZz0000001000MAA", "relation_id": "003Zz000000100AIAQ", "salesforce_id": "0RTAy9000001000OAA"}]}'),
	(3, '{cecf5b86-c29b-4648-96d7-f65448e9f4a5,7b0cacfa-54f4-4b22-a39f-65353b35149a}', '2026-11-25 20:56:18.129431+00', '2026-11-25 20:56:18.282597+00', 'ok', 'incremental', '[{"to": "2026-11-25T05:11:15Z", "from": "2026-11-25T02:46:05Z", "mode": "incremental", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "contacts", "counted": 3, "outcome": "complete", "records": 3, "complete": true}, {"to": "2026-11-25T05:11:15Z", "from": "2026-11-25T02:46:05Z", "mode": "incremental", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "tasks", "counted": 7, "outcome": "complete", "records": 7, "complete": true}, {"to": "2026-11-25T05:11:15Z", "from": "2026-11-25T02:46:05Z", "mode": "incremental", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "users", "counted": 2, "outcome": "complete", "records": 2, "complete": true}, {"to": "2026-11-25T05:11:17Z", "from": "2026-11-25T03:51:11Z", "mode": "incremental", "run_id": "7b0cacfa-54f4-4b22-a39f-65353b35149a", "stream": "task_who_relations", "counted": 42, "outcome": "complete", "records": 42, "complete": true}]', '{"swept": 0, "failed": 22, "healed": 5, "deleted": 1, "removed": 0, "retried": 2, "updated": 0, "inserted": 5, "retrieved": 42, "set_aside": 3, "unchanged": 11, "successful": 17, "suppressed": 2, "failed_again": 2, "quarantined_now": 24, "removed_waiting": 0, "listed_as_removed": 0}', 8, 'published', 'taskwhorelation_sync_results_20261125_205618', 'reports/taskwhorelation_sync_results_20261125_205618.md', '{"api": {"max": 100000, "used": 118, "calls": 8}, "mode": "incremental", "error": null, "sweep": null, "counts": {"swept": 0, "failed": 22, "healed": 5, "deleted": 1, "removed": 0, "retried": 2, "updated": 0, "inserted": 5, "retrieved": 42, "set_aside": 3, "unchanged": 11, "successful": 17, "suppressed": 2, "failed_again": 2, "quarantined_now": 24, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {"constraint": 3, "null_value": 2, "suppressed": 2, "foreign_key": 14, "missing_task": 5, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "run_id": 3, "status": "ok", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "contacts", "api_max": 100000, "counted": 3, "last_id": "003Zz000000100gIAA", "outcome": "complete", "records": 3, "resumed": false, "after_id": null, "api_used": 112, "attempts": 2, "endpoint": "queryAll", "first_id": "003Zz000000100eIAA", "window_to": "2026-11-25T05:11:15Z", "fetched_at": "2026-11-25T20:56:15.392000Z", "duration_ms": 11, "window_from": "2026-11-25T02:46:05Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "tasks", "api_max": 100000, "counted": 7, "last_id": "00TZz8000001006MAA", "outcome": "complete", "records": 7, "resumed": false, "after_id": null, "api_used": 114, "attempts": 2, "endpoint": "queryAll", "first_id": "00TAy9000001005MAA", "window_to": "2026-11-25T05:11:15Z", "fetched_at": "2026-11-25T20:56:15.423000Z", "duration_ms": 8, "window_from": "2026-11-25T02:46:05Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "users", "api_max": 100000, "counted": 2, "last_id": "005Zz8000001000IAA", "outcome": "complete", "records": 2, "resumed": false, "after_id": null, "api_used": 116, "attempts": 2, "endpoint": "queryAll", "first_id": "005Ay9000001000IAA", "window_to": "2026-11-25T05:11:15Z", "fetched_at": "2026-11-25T20:56:15.463000Z", "duration_ms": 13, "window_from": "2026-11-25T02:46:05Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "7b0cacfa-54f4-4b22-a39f-65353b35149a", "stream": "task_who_relations", "api_max": 100000, "counted": 42, "last_id": "0RTaB30000010TOWAY", "outcome": "complete", "records": 42, "resumed": false, "after_id": null, "api_used": 118, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTAy9000001000OAA", "window_to": "2026-11-25T05:11:17Z", "fetched_at": "2026-11-25T20:56:17.286000Z", "duration_ms": 4, "window_from": "2026-11-25T03:51:11Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 7}, "users": {"ids": ["005Zz0000003m8BIAQ"], "total": 7}, "contacts": {"ids": ["003Zz000000100fIAA"], "total": 5}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 0, "updated": 0, "inserted": 4, "retrieved": 7, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 0, "updated": 0, "inserted": 0, "retrieved": 2, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 0, "updated": 0, "inserted": 1, "retrieved": 3, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["cecf5b86-c29b-4648-96d7-f65448e9f4a5", "7b0cacfa-54f4-4b22-a39f-65353b35149a"], "windows": [{"to": "2026-11-25T05:11:15Z", "from": "2026-11-25T02:46:05Z", "mode": "incremental", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "contacts", "counted": 3, "outcome": "complete", "records": 3, "complete": true}, {"to": "2026-11-25T05:11:15Z", "from": "2026-11-25T02:46:05Z", "mode": "incremental", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "tasks", "counted": 7, "outcome": "complete", "records": 7, "complete": true}, {"to": "2026-11-25T05:11:15Z", "from": "2026-11-25T02:46:05Z", "mode": "incremental", "run_id": "cecf5b86-c29b-4648-96d7-f65448e9f4a5", "stream": "users", "counted": 2, "outcome": "complete", "records": 2, "complete": true}, {"to": "2026-11-25T05:11:17Z", "from": "2026-11-25T03:51:11Z", "mode": "incremental", "run_id": "7b0cacfa-54f4-4b22-a39f-65353b35149a", "stream": "task_who_relations", "counted": 42, "outcome": "complete", "records": 42, "complete": true}], "warnings": [], "exit_code": 0, "accounting": {"left": 44, "right": 44, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:15.392000Z", "finished_at": "2026-11-25T20:56:18.282597Z", "report_name": "taskwhorelation_sync_results_20261125_205618", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205618_failed.jsonl.gz", "successful": "taskwhorelation_sync_results_20261125_205618_successful.jsonl.gz"}, "failed_records": [{"error": "missing_user: 005Zz0000003m8BIAQ is not in sf_users", "action": "quarantined", "success": false, "task_id": "00TAy9000001001MAA", "relation_id": "003Zz8000001000IAA", "salesforce_id": "0RTAy900000100COAQ"}], "schema_version": 1, "standing_errors": {"constraint": 3, "null_value": 2, "suppressed": 2, "missing_task": 7, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": [{"error": null, "action": "deleted", "success": true, "task_id": "00TZz0000003m8QMAQ", "relation_id": "003Zz000000100AIAQ", "salesforce_id": "0RTAy9000001000OAA"}]}'),
	(5, '{583619f8-81b7-497f-8659-4d46e648a26d}', '2026-11-25 20:56:28.036276+00', '2026-11-25 20:56:28.217933+00', 'ok', 'incremental', '[{"to": "2026-11-25T07:21:25Z", "from": "2026-11-25T04:56:15Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "contacts", "counted": 2, "outcome": "complete", "records": 2, "complete": true}, {"to": "2026-11-25T07:21:25Z", "from": "2026-11-25T04:56:15Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "tasks", "counted": 4, "outcome": "complete", "records": 4, "complete": true}, {"to": "2026-11-25T07:21:25Z", "from": "2026-11-25T04:56:15Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "users", "counted": 2, "outcome": "complete", "records": 2, "complete": true}, {"to": "2026-11-25T07:21:00Z", "from": null, "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "task_relation_deletes", "counted": null, "outcome": "complete", "records": 13, "complete": true}, {"to": "2026-11-25T07:21:27Z", "from": "2026-11-25T06:01:21Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "task_who_relations", "counted": 2, "outcome": "complete", "records": 2, "complete": true}]', '{"swept": 0, "failed": 2, "healed": 0, "deleted": 0, "removed": 3, "retried": 25, "updated": 0, "inserted": 0, "retrieved": 2, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 22, "quarantined_now": 23, "removed_waiting": 1, "listed_as_removed": 13}', 11, 'published', 'taskwhorelation_sync_results_20261125_205628', 'reports/taskwhorelation_sync_results_20261125_205628.md', '{"api": {"max": 100000, "used": 131, "calls": 11}, "mode": "incremental", "error": null, "sweep": null, "counts": {"swept": 0, "failed": 2, "healed": 0, "deleted": 0, "removed": 3, "retried": 25, "updated": 0, "inserted": 0, "retrieved": 2, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 22, "quarantined_now": 23, "removed_waiting": 1, "listed_as_removed": 13}, "errors": {"constraint": 1, "invalid_value": 1}, "run_id": 5, "status": "ok", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "contacts", "api_max": 100000, "counted": 2, "last_id": "003Zz000000100gIAA", "outcome": "complete", "records": 2, "resumed": false, "after_id": null, "api_used": 122, "attempts": 2, "endpoint": "queryAll", "first_id": "003Zz000000100fIAA", "window_to": "2026-11-25T07:21:25Z", "fetched_at": "2026-11-25T20:56:25.386000Z", "duration_ms": 6, "window_from": "2026-11-25T04:56:15Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "tasks", "api_max": 100000, "counted": 4, "last_id": "00TZz8000001006MAA", "outcome": "complete", "records": 4, "resumed": false, "after_id": null, "api_used": 124, "attempts": 2, "endpoint": "queryAll", "first_id": "00TZz000000100DMAQ", "window_to": "2026-11-25T07:21:25Z", "fetched_at": "2026-11-25T20:56:25.414000Z", "duration_ms": 6, "window_from": "2026-11-25T04:56:15Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "users", "api_max": 100000, "counted": 2, "last_id": "005Zz8000001000IAA", "outcome": "complete", "records": 2, "resumed": false, "after_id": null, "api_used": 126, "attempts": 2, "endpoint": "queryAll", "first_id": "005Ay9000001000IAA", "window_to": "2026-11-25T07:21:25Z", "fetched_at": "2026-11-25T20:56:25.441000Z", "duration_ms": 8, "window_from": "2026-11-25T04:56:15Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "task_relation_deletes", "api_max": 100000, "counted": null, "last_id": null, "outcome": "complete", "records": 13, "resumed": false, "after_id": null, "api_used": 129, "attempts": 3, "endpoint": "deleted", "first_id": null, "window_to": "2026-11-25T07:21:00Z", "fetched_at": "2026-11-25T20:56:27.246000Z", "duration_ms": 2, "window_from": null}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "task_who_relations", "api_max": 100000, "counted": 2, "last_id": "0RTZz000000100ZOAQ", "outcome": "complete", "records": 2, "resumed": false, "after_id": null, "api_used": 131, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTZz000000100XOAQ", "window_to": "2026-11-25T07:21:27Z", "fetched_at": "2026-11-25T20:56:27.267000Z", "duration_ms": 12, "window_from": "2026-11-25T06:01:21Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 7}, "users": {"ids": ["005Zz0000003m8BIAQ"], "total": 7}, "contacts": {"ids": ["003Zz000000100fIAA"], "total": 5}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 0, "updated": 0, "inserted": 0, "retrieved": 4, "unchanged": 1, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 0, "updated": 0, "inserted": 0, "retrieved": 2, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 0, "updated": 0, "inserted": 0, "retrieved": 2, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["583619f8-81b7-497f-8659-4d46e648a26d"], "windows": [{"to": "2026-11-25T07:21:25Z", "from": "2026-11-25T04:56:15Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "contacts", "counted": 2, "outcome": "complete", "records": 2, "complete": true}, {"to": "2026-11-25T07:21:25Z", "from": "2026-11-25T04:56:15Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "tasks", "counted": 4, "outcome": "complete", "records": 4, "complete": true}, {"to": "2026-11-25T07:21:25Z", "from": "2026-11-25T04:56:15Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "users", "counted": 2, "outcome": "complete", "records": 2, "complete": true}, {"to": "2026-11-25T07:21:00Z", "from": null, "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "task_relation_deletes", "counted": null, "outcome": "complete", "records": 13, "complete": true}, {"to": "2026-11-25T07:21:27Z", "from": "2026-11-25T06:01:21Z", "mode": "incremental", "run_id": "583619f8-81b7-497f-8659-4d46e648a26d", "stream": "task_who_relations", "counted": 2, "outcome": "complete", "records": 2, "complete": true}], "warnings": ["2 relations that were removed in Salesforce are still live in public.sf_taskwhorelations: a constraint or a trigger of it refused to mark them as deleted. Change it; the next run tries again."], "exit_code": 0, "accounting": {"left": 27, "right": 27, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:22.466913Z", "finished_at": "2026-11-25T20:56:28.217933Z", "report_name": "taskwhorelation_sync_results_20261125_205628", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205628_failed.jsonl.gz", "successful": null}, "failed_records": [{"error": "invalid_value: Type cannot be stored as it is", "action": "quarantined", "success": false, "task_id": "00TZz0000001004MAA", "relation_id": "003Zz000000100TIAQ", "salesforce_id": "0RTZz000000100XOAQ"}], "schema_version": 1, "standing_errors": {"constraint": 2, "null_value": 2, "suppressed": 2, "missing_task": 7, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": []}'),
	(6, '{fd0c512e-55c7-433b-a454-746270cbc385}', '2026-11-25 20:56:31.581092+00', '2026-11-25 20:56:31.747366+00', 'failed', 'incremental', '[{"to": "2026-11-25T08:26:30Z", "from": "2026-11-25T07:06:27Z", "mode": "incremental", "run_id": "fd0c512e-55c7-433b-a454-746270cbc385", "stream": "task_who_relations", "counted": null, "outcome": "failed", "records": 0, "complete": false}]', '{"swept": 0, "failed": 0, "healed": 0, "deleted": 0, "removed": 0, "retried": 26, "updated": 0, "inserted": 0, "retrieved": 0, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 23, "quarantined_now": 23, "removed_waiting": 0, "listed_as_removed": 0}', 2, 'published', 'taskwhorelation_sync_results_20261125_205631', 'reports/taskwhorelation_sync_results_20261125_205631.md', '{"api": {"max": null, "used": null, "calls": 2}, "mode": "incremental", "error": "A count of rows failed 2 times in 0 seconds, the last time because: the org is overloaded or in maintenance (SERVER_UNAVAILABLE: overloaded). What was read before is kept in the state: run again to go on from there. If it stays so, ask Salesforce support.", "sweep": null, "counts": {"swept": 0, "failed": 0, "healed": 0, "deleted": 0, "removed": 0, "retried": 26, "updated": 0, "inserted": 0, "retrieved": 0, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 23, "quarantined_now": 23, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {}, "run_id": 6, "status": "failed", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "fd0c512e-55c7-433b-a454-746270cbc385", "stream": "task_who_relations", "api_max": null, "counted": null, "last_id": null, "outcome": "failed", "records": 0, "resumed": false, "after_id": null, "api_used": null, "attempts": 2, "endpoint": "queryAll", "first_id": null, "window_to": "2026-11-25T08:26:30Z", "fetched_at": "2026-11-25T20:56:30.841000Z", "duration_ms": 0, "window_from": "2026-11-25T07:06:27Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 7}, "users": {"ids": ["005Zz0000003m8BIAQ"], "total": 7}, "contacts": {"ids": ["003Zz000000100fIAA"], "total": 5}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 3, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["fd0c512e-55c7-433b-a454-746270cbc385"], "windows": [{"to": "2026-11-25T08:26:30Z", "from": "2026-11-25T07:06:27Z", "mode": "incremental", "run_id": "fd0c512e-55c7-433b-a454-746270cbc385", "stream": "task_who_relations", "counted": null, "outcome": "failed", "records": 0, "complete": false}], "warnings": ["2 relations that were removed in Salesforce are still live in public.sf_taskwhorelations: a constraint or a trigger of it refused to mark them as deleted. Change it; the next run tries again."], "exit_code": 1, "accounting": {"left": 26, "right": 26, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:28.512501Z", "finished_at": "2026-11-25T20:56:31.747366Z", "report_name": "taskwhorelation_sync_results_20261125_205631", "record_files": {"failed": null, "successful": null}, "failed_records": [], "schema_version": 1, "standing_errors": {"constraint": 2, "null_value": 2, "suppressed": 2, "missing_task": 7, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": []}'),
	(7, '{727d05cb-5dcb-44ff-844e-b65eb36ee31c}', '2026-11-25 20:56:35.001933+00', '2026-11-25 20:56:35.201833+00', 'quota', 'incremental', '[{"to": "2026-11-25T08:31:34Z", "from": "2026-11-25T07:06:27Z", "mode": "incremental", "run_id": "727d05cb-5dcb-44ff-844e-b65eb36ee31c", "stream": "task_who_relations", "counted": 3, "outcome": "quota", "records": 0, "complete": false}]', '{"swept": 0, "failed": 0, "healed": 0, "deleted": 0, "removed": 0, "retried": 26, "updated": 0, "inserted": 0, "retrieved": 0, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 23, "quarantined_now": 23, "removed_waiting": 0, "listed_as_removed": 0}', 1, 'published', 'taskwhorelation_sync_results_20261125_205635', 'reports/taskwhorelation_sync_results_20261125_205635.md', '{"api": {"max": null, "used": null, "calls": 1}, "mode": "incremental", "error": "The org has used 90,001 of its 100,000 daily API calls: api_quota_percent_total stops the tap at 80 %. What was read is kept in the state: run again when calls are free (Salesforce counts the last 24 hours), and the next run goes on from there.", "sweep": null, "counts": {"swept": 0, "failed": 0, "healed": 0, "deleted": 0, "removed": 0, "retried": 26, "updated": 0, "inserted": 0, "retrieved": 0, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 23, "quarantined_now": 23, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {}, "run_id": 7, "status": "quota", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "727d05cb-5dcb-44ff-844e-b65eb36ee31c", "stream": "task_who_relations", "api_max": null, "counted": 3, "last_id": null, "outcome": "quota", "records": 0, "resumed": false, "after_id": null, "api_used": null, "attempts": 1, "endpoint": "queryAll", "first_id": null, "window_to": "2026-11-25T08:31:34Z", "fetched_at": "2026-11-25T20:56:34.309000Z", "duration_ms": 0, "window_from": "2026-11-25T07:06:27Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 7}, "users": {"ids": ["005Zz0000003m8BIAQ"], "total": 7}, "contacts": {"ids": ["003Zz000000100fIAA"], "total": 5}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 3, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["727d05cb-5dcb-44ff-844e-b65eb36ee31c"], "windows": [{"to": "2026-11-25T08:31:34Z", "from": "2026-11-25T07:06:27Z", "mode": "incremental", "run_id": "727d05cb-5dcb-44ff-844e-b65eb36ee31c", "stream": "task_who_relations", "counted": 3, "outcome": "quota", "records": 0, "complete": false}], "warnings": ["2 relations that were removed in Salesforce are still live in public.sf_taskwhorelations: a constraint or a trigger of it refused to mark them as deleted. Change it; the next run tries again."], "exit_code": 3, "accounting": {"left": 26, "right": 26, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:32.043682Z", "finished_at": "2026-11-25T20:56:35.201833Z", "report_name": "taskwhorelation_sync_results_20261125_205635", "record_files": {"failed": null, "successful": null}, "failed_records": [], "schema_version": 1, "standing_errors": {"constraint": 2, "null_value": 2, "suppressed": 2, "missing_task": 7, "missing_user": 6, "invalid_value": 3, "missing_contact": 5}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": []}'),
	(8, '{ec1bead4-77ce-476a-922f-f52b3c99ae6a}', '2026-11-25 20:56:38.554926+00', '2026-11-25 20:56:38.727515+00', 'ok', 'incremental', '[{"to": "2026-11-25T09:36:00Z", "from": "2026-11-25T07:21:00Z", "mode": "incremental", "run_id": "ec1bead4-77ce-476a-922f-f52b3c99ae6a", "stream": "task_relation_deletes", "counted": null, "outcome": "complete", "records": 1, "complete": true}, {"to": "2026-11-25T09:36:37Z", "from": "2026-11-25T07:06:27Z", "mode": "incremental", "run_id": "ec1bead4-77ce-476a-922f-f52b3c99ae6a", "stream": "task_who_relations", "counted": 7, "outcome": "complete", "records": 7, "complete": true}]', '{"swept": 0, "failed": 6, "healed": 0, "deleted": 1, "removed": 0, "retried": 24, "updated": 0, "inserted": 1, "retrieved": 8, "set_aside": 3, "unchanged": 0, "successful": 2, "suppressed": 2, "failed_again": 21, "quarantined_now": 27, "removed_waiting": 0, "listed_as_removed": 1}', 3, 'published', 'taskwhorelation_sync_results_20261125_205638', 'reports/taskwhorelation_sync_results_20261125_205638.md', '{"api": {"max": 100000, "used": 1003, "calls": 3}, "mode": "incremental", "error": null, "sweep": null, "counts": {"swept": 0, "failed": 6, "healed": 0, "deleted": 1, "removed": 0, "retried": 24, "updated": 0, "inserted": 1, "retrieved": 8, "set_aside": 3, "unchanged": 0, "successful": 2, "suppressed": 2, "failed_again": 21, "quarantined_now": 27, "removed_waiting": 0, "listed_as_removed": 1}, "errors": {"constraint": 1, "null_value": 1, "foreign_key": 4, "missing_task": 4, "missing_user": 1, "invalid_value": 1, "missing_contact": 1}, "run_id": 8, "status": "ok", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "ec1bead4-77ce-476a-922f-f52b3c99ae6a", "stream": "task_relation_deletes", "api_max": 100000, "counted": null, "last_id": null, "outcome": "complete", "records": 1, "resumed": false, "after_id": null, "api_used": 1001, "attempts": 1, "endpoint": "deleted", "first_id": null, "window_to": "2026-11-25T09:36:00Z", "fetched_at": "2026-11-25T20:56:37.698000Z", "duration_ms": 3, "window_from": "2026-11-25T07:21:00Z"}, {"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "ec1bead4-77ce-476a-922f-f52b3c99ae6a", "stream": "task_who_relations", "api_max": 100000, "counted": 7, "last_id": "0RTZz800000100ROAQ", "outcome": "complete", "records": 7, "resumed": false, "after_id": null, "api_used": 1003, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTAy900000100JOAQ", "window_to": "2026-11-25T09:36:37Z", "fetched_at": "2026-11-25T20:56:37.722000Z", "duration_ms": 8, "window_from": "2026-11-25T07:06:27Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 11}, "users": {"ids": ["005Zz0000000001IAA"], "total": 8}, "contacts": {"ids": ["003Zz0000000001IAA"], "total": 6}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 3, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["ec1bead4-77ce-476a-922f-f52b3c99ae6a"], "windows": [{"to": "2026-11-25T09:36:00Z", "from": "2026-11-25T07:21:00Z", "mode": "incremental", "run_id": "ec1bead4-77ce-476a-922f-f52b3c99ae6a", "stream": "task_relation_deletes", "counted": null, "outcome": "complete", "records": 1, "complete": true}, {"to": "2026-11-25T09:36:37Z", "from": "2026-11-25T07:06:27Z", "mode": "incremental", "run_id": "ec1bead4-77ce-476a-922f-f52b3c99ae6a", "stream": "task_who_relations", "counted": 7, "outcome": "complete", "records": 7, "complete": true}], "warnings": ["2 relations that were removed in Salesforce are still live in public.sf_taskwhorelations: a constraint or a trigger of it refused to mark them as deleted. Change it; the next run tries again."], "exit_code": 0, "accounting": {"left": 32, "right": 32, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:35.507045Z", "finished_at": "2026-11-25T20:56:38.727515Z", "report_name": "taskwhorelation_sync_results_20261125_205638", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205638_failed.jsonl.gz", "successful": "taskwhorelation_sync_results_20261125_205638_successful.jsonl.gz"}, "failed_records": [{"error": "invalid_value: Type cannot be stored as it is", "action": "quarantined", "success": false, "task_id": "00TZz0000001004MAA", "relation_id": "003Zz000000100TIAQ", "salesforce_id": "0RTZz000000100XOAQ"}], "schema_version": 1, "standing_errors": {"constraint": 2, "null_value": 3, "suppressed": 2, "missing_task": 11, "missing_user": 7, "invalid_value": 3, "missing_contact": 6}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": [{"error": null, "action": "deleted", "success": true, "task_id": "00TZz000000100CMAQ", "relation_id": "003Ay9000001000IAA", "salesforce_id": "0RTZz000000100POAQ"}]}'),
	(9, '{}', '2026-11-25 20:56:38.982638+00', '2026-11-25 20:56:39.143036+00', 'nothing', NULL, '[]', '{"swept": 0, "failed": 0, "healed": 0, "deleted": 0, "removed": 0, "retried": 30, "updated": 0, "inserted": 0, "retrieved": 0, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 27, "quarantined_now": 27, "removed_waiting": 0, "listed_as_removed": 0}', 0, 'published', 'taskwhorelation_sync_results_20261125_205638_2', 'reports/taskwhorelation_sync_results_20261125_205638_2.md', '{"api": {"max": null, "used": null, "calls": 0}, "mode": null, "error": null, "sweep": null, "counts": {"swept": 0, "failed": 0, "healed": 0, "deleted": 0, "removed": 0, "retried": 30, "updated": 0, "inserted": 0, "retrieved": 0, "set_aside": 3, "unchanged": 0, "successful": 0, "suppressed": 2, "failed_again": 27, "quarantined_now": 27, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {}, "run_id": 9, "status": "nothing", "batches": [], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 11}, "users": {"ids": ["005Zz0000000001IAA"], "total": 8}, "contacts": {"ids": ["003Zz0000000001IAA"], "total": 6}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 3, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": [], "windows": [], "warnings": ["2 relations that were removed in Salesforce are still live in public.sf_taskwhorelations: a constraint or a trigger of it refused to mark them as deleted. Change it; the next run tries again."], "exit_code": 0, "accounting": {"left": 30, "right": 30, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:38.982638Z", "finished_at": "2026-11-25T20:56:39.143036Z", "report_name": "taskwhorelation_sync_results_20261125_205638_2", "record_files": {"failed": null, "successful": null}, "failed_records": [], "schema_version": 1, "standing_errors": {"constraint": 2, "null_value": 3, "suppressed": 2, "missing_task": 11, "missing_user": 7, "invalid_value": 3, "missing_contact": 6}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": []}'),
	(10, '{fca953c5-a446-40af-a0bc-2e65d34f4b71}', '2026-11-25 20:56:42.178698+00', '2026-11-25 20:56:42.382259+00', 'ok', 'incremental', '[{"to": "2026-11-25T10:41:41Z", "from": "2026-11-25T09:21:37Z", "mode": "incremental", "run_id": "fca953c5-a446-40af-a0bc-2e65d34f4b71", "stream": "task_who_relations", "counted": 6, "outcome": "complete", "records": 6, "complete": true}]', '{"swept": 0, "failed": 4, "healed": 0, "deleted": 0, "removed": 0, "retried": 27, "updated": 0, "inserted": 1, "retrieved": 6, "set_aside": 3, "unchanged": 1, "successful": 2, "suppressed": 2, "failed_again": 24, "quarantined_now": 28, "removed_waiting": 0, "listed_as_removed": 0}', 2, 'pending', 'taskwhorelation_sync_results_20261125_205642', NULL, '{"api": {"max": 100000, "used": 1005, "calls": 2}, "mode": "incremental", "error": null, "sweep": null, "counts": {"swept": 0, "failed": 4, "healed": 0, "deleted": 0, "removed": 0, "retried": 27, "updated": 0, "inserted": 1, "retrieved": 6, "set_aside": 3, "unchanged": 1, "successful": 2, "suppressed": 2, "failed_again": 24, "quarantined_now": 28, "removed_waiting": 0, "listed_as_removed": 0}, "errors": {"foreign_key": 4, "missing_task": 4}, "run_id": 10, "status": "ok", "batches": [{"mode": "incremental", "batch": 1, "org_id": "00DZz0000000001MAA", "run_id": "fca953c5-a446-40af-a0bc-2e65d34f4b71", "stream": "task_who_relations", "api_max": 100000, "counted": 6, "last_id": "0RTZz800000100UOAQ", "outcome": "complete", "records": 6, "resumed": false, "after_id": null, "api_used": 1005, "attempts": 2, "endpoint": "queryAll", "first_id": "0RTAy900000100JOAQ", "window_to": "2026-11-25T10:41:41Z", "fetched_at": "2026-11-25T20:56:41.140000Z", "duration_ms": 3, "window_from": "2026-11-25T09:21:37Z"}], "missing": {"tasks": {"ids": ["00TAy9000001003MAA"], "total": 12}, "users": {"ids": ["005Zz0000000001IAA"], "total": 8}, "contacts": {"ids": ["003Zz0000000001IAA"], "total": 6}}, "parents": {"tasks": {"failed": 2, "deleted": 0, "retried": 3, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 1, "quarantined_now": 3}, "users": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}, "contacts": {"failed": 2, "deleted": 0, "retried": 2, "updated": 0, "inserted": 0, "retrieved": 0, "unchanged": 0, "suppressed": 0, "quarantined_now": 2}}, "run_ids": ["fca953c5-a446-40af-a0bc-2e65d34f4b71"], "windows": [{"to": "2026-11-25T10:41:41Z", "from": "2026-11-25T09:21:37Z", "mode": "incremental", "run_id": "fca953c5-a446-40af-a0bc-2e65d34f4b71", "stream": "task_who_relations", "counted": 6, "outcome": "complete", "records": 6, "complete": true}], "warnings": ["2 relations that were removed in Salesforce are still live in public.sf_taskwhorelations: a constraint or a trigger of it refused to mark them as deleted. Change it; the next run tries again."], "exit_code": 0, "accounting": {"left": 33, "right": 33, "closes": true}, "next_steps": [], "started_at": "2026-11-25T20:56:41.140000Z", "finished_at": "2026-11-25T20:56:42.382259Z", "report_name": "taskwhorelation_sync_results_20261125_205642", "record_files": {"failed": "taskwhorelation_sync_results_20261125_205642_failed.jsonl.gz", "successful": "taskwhorelation_sync_results_20261125_205642_successful.jsonl.gz"}, "failed_records": [{"error": "missing_task: 00TZz000000100HMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100HMAQ", "relation_id": "003Zz000000100KIAQ", "salesforce_id": "0RTAy900000100JOAQ"}], "schema_version": 1, "standing_errors": {"constraint": 2, "null_value": 3, "suppressed": 2, "missing_task": 12, "missing_user": 7, "invalid_value": 3, "missing_contact": 6}, "standing_records": [{"error": "missing_task: 00TZz000000100AMAQ is not in sf_activities", "action": "quarantined", "success": false, "task_id": "00TZz000000100AMAQ", "relation_id": "003Zz000000100QIAQ", "salesforce_id": "0RTZz000000100LOAQ"}], "successful_records": [{"error": null, "action": "unchanged", "success": true, "task_id": "00TZz000000100CMAQ", "relation_id": "003Ay9000001000IAA", "salesforce_id": "0RTZz000000100POAQ"}]}');


--
-- Data for Name: sync_batches; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.sync_batches VALUES
	('137f68be-b777-46f4-9c6b-c6b9c9ee9b73', 'contacts', '1', 'incremental', '2026-11-25T07:06:25Z', '2026-11-25T11:46:45Z', NULL, '003Zz800000100FIAQ', '003Zz800000100FIAQ', 'queryAll', 'f', '00DZz0000000001MAA', '1', '2', '3', '1007', '100000', '2026-11-25T20:56:45.225+00:00', '1', 'complete', 320),
	('137f68be-b777-46f4-9c6b-c6b9c9ee9b73', 'tasks', '1', 'incremental', '2026-11-25T07:06:25Z', '2026-11-25T11:46:45Z', NULL, '00TZz000000100GMAQ', '00TZz000000100IMAQ', 'queryAll', 'f', '00DZz0000000001MAA', '3', '2', '3', '1009', '100000', '2026-11-25T20:56:45.236+00:00', '3', 'complete', 324),
	('137f68be-b777-46f4-9c6b-c6b9c9ee9b73', 'users', '1', 'incremental', '2026-11-25T07:06:25Z', '2026-11-25T11:46:45Z', NULL, '005Zz8000001000IAA', '005Zz8000001000IAA', 'queryAll', 'f', '00DZz0000000001MAA', '1', '2', '2', '1011', '100000', '2026-11-25T20:56:45.244+00:00', '1', 'complete', 326),
	('5e10e16d-14e2-436c-8c5d-e5f5b8f062dc', 'task_relation_deletes', '1', 'incremental', '2026-11-25T09:36:00Z', '2026-11-25T11:46:00Z', NULL, NULL, NULL, 'deleted', 'f', '00DZz0000000001MAA', '1', '1', '5', '1012', '100000', '2026-11-25T20:56:46.921+00:00', NULL, 'complete', 327),
	('5e10e16d-14e2-436c-8c5d-e5f5b8f062dc', 'task_who_relations', '1', 'incremental', '2026-11-25T10:26:41Z', '2026-11-25T11:46:46Z', NULL, '0RTAy9000001007OAA', '0RTZz800000100UOAQ', 'queryAll', 'f', '00DZz0000000001MAA', '8', '2', '4', '1014', '100000', '2026-11-25T20:56:46.940+00:00', '8', 'complete', 337);


--
-- Data for Name: task_relation_deletes; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.task_relation_deletes VALUES
	('0RTAy9000001009OAA', '2026-11-25T11:41:42.000Z', 328);


--
-- Data for Name: task_who_relations; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.task_who_relations VALUES
	('0RTAy9000001007OAA', 'false', 'Contact', '003Zz000000100VIAQ', '00TZz8000001000MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-09-04T14:35:02.000+0000', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', 329),
	('0RTAy900000100KOAQ', 'false', 'Contact', '003Ay9000001005IAA', '00TZz0000003m8RMAQ', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25T10:36:39.000+0000', '2026-11-25T10:36:39.000+0000', '2026-11-25T10:36:39.000+0000', 330),
	('0RTAy900000100LOAQ', 'false', 'Contact', '003Zz800000100FIAQ', '00TZz0000001004MAA', '005Zz0000001002IAA', '005Zz0000001002IAA', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', 331),
	('0RTZz000000100TOAQ', 'false', 'Contact', '003Zz800000100FIAQ', '00TZz0000003m8AMAQ', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25T04:01:08.000+0000', '2026-11-25T04:01:08.000+0000', '2026-11-25T11:41:42.000+0000', 332),
	('0RTZz000000100lOAA', 'false', 'Contact', '003Ay9000001007IAA', '00TAy9000001002MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', 333),
	('0RTZz000000100mOAA', 'false', 'Contact', '003Zz000000100XIAQ', '00TZz0000001000MAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', 334),
	('0RTZz000000100nOAA', 'false', 'Contact', '003Ay9000001001IAA', '00TZz0000003m8SMAQ', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', '2026-11-25T11:41:42.000+0000', 335),
	('0RTZz800000100UOAQ', 'false', 'Contact', '003Ay9000001005IAA', '00TZz8000001000MAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25T10:36:39.000+0000', '2026-11-25T10:36:39.000+0000', '2026-11-25T10:36:39.000+0000', 336);


--
-- Data for Name: tasks; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.tasks VALUES
	('00TZz000000100GMAQ', 'false', 'Call 加藤', '2026-10-22', 'Completed', 'Normal', 'false', 'true', 'false', '005Zz0000001000IAA', '005Zz0000001000IAA', '005Zz0000001000IAA', '2026-11-25T09:31:35.000+0000', '2026-11-25T09:31:35.000+0000', '2026-11-25T09:31:35.000+0000', 321),
	('00TZz000000100HMAQ', 'false', 'Call Dostálová', '2026-05-23', 'Completed', 'Low', 'false', 'true', 'false', '005Zz0000001003IAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25T09:31:35.000+0000', '2026-11-25T09:31:35.000+0000', '2026-11-25T09:31:35.000+0000', 322),
	('00TZz000000100IMAQ', 'false', 'Call Foster', '2026-06-23', 'Completed', 'Normal', 'false', 'true', 'false', '005Zz0000001003IAA', '005Zz0000001003IAA', '005Zz0000001003IAA', '2026-11-25T09:31:35.000+0000', '2026-11-25T09:31:35.000+0000', '2026-11-25T09:31:35.000+0000', 323);


--
-- Data for Name: users; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.users VALUES
	('005Zz8000001000IAA', 'user0@example.com', 'Still', '加藤', 'Jesse 加藤', NULL, 'false', '2026-11-25T05:06:12.000+0000', '2026-11-25T05:06:12.000+0000', '2026-11-25T07:16:22.000+0000', 325);


--
-- Data for Name: waiting_counts; Type: TABLE DATA; Schema: taskwho; Owner: -
--

INSERT INTO taskwho.waiting_counts VALUES
	(false, '{missing_task,missing_contact,missing_user}', 1),
	(false, '{missing_task,null_value,invalid_value}', 1),
	(false, '{null_value}', 1),
	(false, '{suppressed}', 2),
	(true, '{missing_task}', 1),
	(true, '{missing_user}', 1),
	(true, '{missing_task,missing_contact}', 1),
	(false, '{missing_user}', 5),
	(false, '{missing_contact}', 4),
	(false, '{invalid_value}', 2),
	(false, '{constraint}', 2),
	(false, '{missing_task,missing_contact,missing_user,null_value}', 1),
	(false, '{missing_task}', 9);


--
-- Name: sf_taskwhorelations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sf_taskwhorelations_id_seq', 109, true);


--
-- Name: sf_users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sf_users_id_seq', 4, true);


--
-- Name: batches_batch_id_seq; Type: SEQUENCE SET; Schema: taskwho; Owner: -
--

SELECT pg_catalog.setval('taskwho.batches_batch_id_seq', 20, true);


--
-- Name: landed_seq; Type: SEQUENCE SET; Schema: taskwho; Owner: -
--

SELECT pg_catalog.setval('taskwho.landed_seq', 337, true);


--
-- Name: runs_run_id_seq; Type: SEQUENCE SET; Schema: taskwho; Owner: -
--

SELECT pg_catalog.setval('taskwho.runs_run_id_seq', 10, true);


--
-- Name: sf_activities sf_activities_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_activities
    ADD CONSTRAINT sf_activities_pkey PRIMARY KEY (id);


--
-- Name: sf_activities sf_activities_salesforce_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_activities
    ADD CONSTRAINT sf_activities_salesforce_id_key UNIQUE (salesforce_id);


--
-- Name: sf_contacts sf_contacts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_contacts
    ADD CONSTRAINT sf_contacts_pkey PRIMARY KEY (id);


--
-- Name: sf_contacts sf_contacts_salesforce_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_contacts
    ADD CONSTRAINT sf_contacts_salesforce_id_key UNIQUE (salesforce_id);


--
-- Name: sf_taskwhorelations sf_taskwhorelations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations
    ADD CONSTRAINT sf_taskwhorelations_pkey PRIMARY KEY (id);


--
-- Name: sf_taskwhorelations sf_taskwhorelations_salesforce_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations
    ADD CONSTRAINT sf_taskwhorelations_salesforce_id_key UNIQUE (salesforce_id);


--
-- Name: sf_users sf_users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_users
    ADD CONSTRAINT sf_users_pkey PRIMARY KEY (id);


--
-- Name: sf_users sf_users_salesforce_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_users
    ADD CONSTRAINT sf_users_salesforce_id_key UNIQUE (salesforce_id);


--
-- Name: batches batches_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (batch_id);


--
-- Name: deleted_relations deleted_relations_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.deleted_relations
    ADD CONSTRAINT deleted_relations_pkey PRIMARY KEY (salesforce_id);


--
-- Name: failed_parents failed_parents_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.failed_parents
    ADD CONSTRAINT failed_parents_pkey PRIMARY KEY (stream, salesforce_id);


--
-- Name: failed_relations failed_relations_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.failed_relations
    ADD CONSTRAINT failed_relations_pkey PRIMARY KEY (salesforce_id);


--
-- Name: missing_parents missing_parents_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.missing_parents
    ADD CONSTRAINT missing_parents_pkey PRIMARY KEY (parent, salesforce_id);


--
-- Name: runs runs_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (run_id);


--
-- Name: waiting_counts waiting_counts_pkey; Type: CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.waiting_counts
    ADD CONSTRAINT waiting_counts_pkey PRIMARY KEY (is_set_aside, reasons);


--
-- Name: sf_activities_owner_id_activity_date_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sf_activities_owner_id_activity_date_idx ON public.sf_activities USING btree (owner_id, activity_date);


--
-- Name: sf_taskwhorelations_created_by_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sf_taskwhorelations_created_by_id_idx ON public.sf_taskwhorelations USING btree (created_by_id);


--
-- Name: sf_taskwhorelations_last_modified_by_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sf_taskwhorelations_last_modified_by_id_idx ON public.sf_taskwhorelations USING btree (last_modified_by_id);


--
-- Name: sf_taskwhorelations_relation_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sf_taskwhorelations_relation_id_idx ON public.sf_taskwhorelations USING btree (relation_id);


--
-- Name: sf_taskwhorelations_task_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sf_taskwhorelations_task_id_idx ON public.sf_taskwhorelations USING btree (task_id);


--
-- Name: batches_promoted_by_idx; Type: INDEX; Schema: taskwho; Owner: -
--

CREATE INDEX batches_promoted_by_idx ON taskwho.batches USING btree (promoted_by);


--
-- Name: batches_run_id_idx; Type: INDEX; Schema: taskwho; Owner: -
--

CREATE INDEX batches_run_id_idx ON taskwho.batches USING btree (run_id);


--
-- Name: deleted_relations_open_idx; Type: INDEX; Schema: taskwho; Owner: -
--

CREATE INDEX deleted_relations_open_idx ON taskwho.deleted_relations USING btree (salesforce_id) WHERE (NOT is_applied);


--
-- Name: failed_relations_no_parent_idx; Type: INDEX; Schema: taskwho; Owner: -
--

CREATE INDEX failed_relations_no_parent_idx ON taskwho.failed_relations USING btree (salesforce_id) WHERE (COALESCE(missing_task_id, missing_contact_id, missing_created_by_id, missing_last_modified_by_id) IS NULL);


--
-- Name: missing_parents_failing_idx; Type: INDEX; Schema: taskwho; Owner: -
--

CREATE INDEX missing_parents_failing_idx ON taskwho.missing_parents USING btree (parent, salesforce_id COLLATE "C") WHERE (failing > 0);


--
-- Name: runs_pending_idx; Type: INDEX; Schema: taskwho; Owner: -
--

CREATE INDEX runs_pending_idx ON taskwho.runs USING btree (run_id) WHERE (report_status = 'pending'::text);


--
-- Name: sf_activities ignore_activity; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ignore_activity BEFORE INSERT OR UPDATE ON public.sf_activities FOR EACH ROW EXECUTE FUNCTION public.ignore_activity();


--
-- Name: sf_taskwhorelations ignore_relation; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ignore_relation BEFORE INSERT OR UPDATE ON public.sf_taskwhorelations FOR EACH ROW EXECUTE FUNCTION public.ignore_relation();


--
-- Name: failed_relations count_deleted; Type: TRIGGER; Schema: taskwho; Owner: -
--

CREATE TRIGGER count_deleted AFTER DELETE ON taskwho.failed_relations REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION taskwho.count_waiting('-1');


--
-- Name: failed_relations count_inserted; Type: TRIGGER; Schema: taskwho; Owner: -
--

CREATE TRIGGER count_inserted AFTER INSERT ON taskwho.failed_relations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION taskwho.count_waiting('1');


--
-- Name: failed_relations count_truncated; Type: TRIGGER; Schema: taskwho; Owner: -
--

CREATE TRIGGER count_truncated AFTER TRUNCATE ON taskwho.failed_relations FOR EACH STATEMENT EXECUTE FUNCTION taskwho.forget_waiting();


--
-- Name: failed_relations count_updated_after; Type: TRIGGER; Schema: taskwho; Owner: -
--

CREATE TRIGGER count_updated_after AFTER UPDATE ON taskwho.failed_relations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION taskwho.count_waiting('1');


--
-- Name: failed_relations count_updated_before; Type: TRIGGER; Schema: taskwho; Owner: -
--

CREATE TRIGGER count_updated_before AFTER UPDATE ON taskwho.failed_relations REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION taskwho.count_waiting('-1');


--
-- Name: sf_taskwhorelations sf_taskwhorelations_created_by_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations
    ADD CONSTRAINT sf_taskwhorelations_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.sf_users(salesforce_id);


--
-- Name: sf_taskwhorelations sf_taskwhorelations_last_modified_by_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations
    ADD CONSTRAINT sf_taskwhorelations_last_modified_by_id_fkey FOREIGN KEY (last_modified_by_id) REFERENCES public.sf_users(salesforce_id);


--
-- Name: sf_taskwhorelations sf_taskwhorelations_relation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations
    ADD CONSTRAINT sf_taskwhorelations_relation_id_fkey FOREIGN KEY (relation_id) REFERENCES public.sf_contacts(salesforce_id);


--
-- Name: sf_taskwhorelations sf_taskwhorelations_task_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sf_taskwhorelations
    ADD CONSTRAINT sf_taskwhorelations_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.sf_activities(salesforce_id);


--
-- Name: batches batches_promoted_by_fkey; Type: FK CONSTRAINT; Schema: taskwho; Owner: -
--

ALTER TABLE ONLY taskwho.batches
    ADD CONSTRAINT batches_promoted_by_fkey FOREIGN KEY (promoted_by) REFERENCES taskwho.runs(run_id) ON DELETE CASCADE;


--
-- Name: FUNCTION count_waiting(); Type: ACL; Schema: taskwho; Owner: -
--

REVOKE ALL ON FUNCTION taskwho.count_waiting() FROM PUBLIC;


--
-- PostgreSQL database dump complete
--

\unrestrict f248733

