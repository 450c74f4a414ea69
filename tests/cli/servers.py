# SPDX-License-Identifier: MIT
"""Git servers on this machine: sshd, and git http-backend behind a web server.

`with Ssh(folder) as server: server.url(repository)`; both listen on loopback
only and raise Unavailable where they cannot be had.
"""
import http.server
import os
import shutil
import socket
import subprocess
import threading
import time


class Unavailable(Exception):
    """The server is not installed here, or does not start."""


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Ssh:
    """An sshd of its own with keys of its own, in a folder."""

    def __init__(self, folder):
        self.sshd = shutil.which('sshd') or '/usr/sbin/sshd'
        if (not os.path.exists(self.sshd) or os.geteuid() != 0
                or not shutil.which('ssh-keygen')):
            raise Unavailable('sshd, ssh-keygen and root are needed')
        self.folder, self.port = folder, free_port()
        for name in ('host', 'user'):
            subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '',
                            '-f', os.path.join(folder, name)], check=True)
        self.config = os.path.join(folder, 'sshd_config')
        with open(self.config, 'w', encoding='utf-8') as out:
            out.write(f'''
Port {self.port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/user.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
''')

    def __enter__(self):
        os.makedirs('/run/sshd', exist_ok=True)
        self.server = subprocess.Popen(
            [self.sshd, '-D', '-e', '-f', self.config],
            stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(('127.0.0.1', self.port)) == 0:
                    break
            time.sleep(0.05)
        else:
            self.__exit__()
            raise Unavailable('sshd does not start')
        os.environ['GIT_SSH_COMMAND'] = (
            f'ssh -i {self.folder}/user -o IdentitiesOnly=yes '
            '-o BatchMode=yes -o StrictHostKeyChecking=no '
            f'-o UserKnownHostsFile={self.folder}/known')
        return self

    def __exit__(self, *_):
        os.environ.pop('GIT_SSH_COMMAND', None)
        self.server.terminate()
        self.server.wait()

    def url(self, repository):
        return f'ssh://root@127.0.0.1:{self.port}{repository}'


class GitHttp(http.server.BaseHTTPRequestHandler):
    """git http-backend behind a small web server."""
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def answer(self):
        path, _, query = self.path.partition('?')
        body = b''
        if self.headers.get('Transfer-Encoding', '') == 'chunked':
            while size := int(self.rfile.readline().split(b';')[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        elif self.headers.get('Content-Length'):
            body = self.rfile.read(int(self.headers['Content-Length']))
        env = {**os.environ, 'GIT_PROJECT_ROOT': self.server.root,
               'GIT_HTTP_EXPORT_ALL': '1', 'PATH_INFO': path,
               'QUERY_STRING': query, 'REQUEST_METHOD': self.command,
               'CONTENT_TYPE': self.headers.get('Content-Type', ''),
               'CONTENT_LENGTH': str(len(body)),
               'HTTP_CONTENT_ENCODING':
               self.headers.get('Content-Encoding', ''),
               'GIT_PROTOCOL': self.headers.get('Git-Protocol', ''),
               'REMOTE_USER': 'office', 'REMOTE_ADDR': '127.0.0.1'}
        done = subprocess.run(['git', 'http-backend'], input=body, env=env,
                              capture_output=True)
        head, _, rest = done.stdout.partition(b'\r\n\r\n')
        status, fields = 200, []
        for line in head.split(b'\r\n'):
            name, _, value = line.decode().partition(': ')
            if name == 'Status':
                status = int(value.split()[0])
            else:
                fields.append((name, value))
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(rest)))
        self.end_headers()
        self.wfile.write(rest)

    do_GET = do_POST = answer


class Http:
    """The web server, for the repositories below a folder."""

    def __init__(self, root):
        core = subprocess.run(['git', '--exec-path'], capture_output=True,
                              text=True, check=True).stdout.strip()
        if not os.path.exists(os.path.join(core, 'git-http-backend')):
            raise Unavailable('git http-backend is not installed')
        self.root = root

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0),
                                                      GitHttp)
        self.server.root = self.root
        threading.Thread(target=self.server.serve_forever,
                         daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def url(self, repository):
        subprocess.run(['git', '-C', repository, 'config',
                        'http.receivepack', 'true'], check=True)
        return (f'http://127.0.0.1:{self.server.server_address[1]}/'
                + os.path.relpath(repository, self.root))
