"""A PostgreSQL server of its own for one run: on a socket in a temporary folder, as its own user."""
import os, shutil, signal, subprocess, tempfile, time


class Postgres:
    """A server of its own for one run."""

    def __init__(self):
        found = shutil.which("postgres") or ""
        versions = sorted(os.listdir("/usr/lib/postgresql")) if os.path.isdir("/usr/lib/postgresql") else []
        self.bin = f"/usr/lib/postgresql/{versions[-1]}/bin" if versions else os.path.dirname(found)

    def __enter__(self):
        self.root = tempfile.mkdtemp(prefix="almoner-pg-")
        self.data = self.root + "/data"
        # PostgreSQL refuses to run as root: Debian's package brings a user for it.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(self.root, "postgres", "postgres")
        plain = dict(self.user, cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([self.bin + "/initdb", "-D", self.data, "-A", "trust", "-U", "postgres"], check=True, **plain)
        with open(self.data + "/postgresql.conf", "a") as conf:
            conf.write(f"listen_addresses = ''\nunix_socket_directories = '{self.root}'\nshared_buffers = 1GB\n"
                       "work_mem = 64MB\nrandom_page_cost = 1.1\n")
        self.server = subprocess.Popen([self.bin + "/postgres", "-D", self.data], **plain)
        self.environment = dict(os.environ, PGHOST=self.root, PGUSER="postgres", PGDATABASE="postgres",
                                PGDATA=self.data)
        for _ in range(100):
            if os.path.exists(self.root + "/.s.PGSQL.5432"):
                return self
            time.sleep(0.1)
        raise SystemExit("PostgreSQL did not start")

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGINT)
        self.server.wait(60)
        shutil.rmtree(self.root, ignore_errors=True)
