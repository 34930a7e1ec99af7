"""One table of commands: which lead out of the folders that a server was given, and which only look like it."""

from __future__ import annotations

from dataclasses import replace

from sekisho.guards.path import PathFacts
from sekisho.guards.shell import CommandFacts, judge_command
from tablekit import rows

APP = PathFacts(roots=("/home/dev/app",), base="/home/dev/app", home="/home/dev")

LEAVING = (
    "cp a /opt/x", "cp a ../x", "cp -t /opt a b", "cp a b -t/opt", "mv ../other/.x y", "mv a ~/Desktop/", "ln -s /etc conf", "ln -s .. up",
    "ln -s ../../.. up", "ln -s ~ h", "tee /opt/x < a", "echo a > ../x", "echo a >> ~/x", 'echo a > "$HOME/x"', "echo a &> /opt/y", ": > /opt/y",
    "cd /opt && touch x", "cd .. && touch x", "cd ..; touch x", "cd src/nope; touch ../x", "(cd a/b/c && ls); touch ../x", "cd a/b/c || touch ../x",
    "cd && touch x", "cd ~ && rm -rf x", "D=/opt; cp x $D/", 'D=/opt && cp x "${D}/y"', "for f in /opt/a /opt/b; do touch $f; done",
    'for d in ../a; do rm -r "$d"; done', "tar -C /opt -xf a.tar", "tar xfC a.tar /opt", "tar xf a.tar -C/opt", "tar --directory=/opt -xzf a",
    "tar -xf a --one-top-level=/opt/x", "tar czf /opt/x.tgz src", "unzip a.zip -d /opt/x", "unzip -oqd /opt a.zip", "curl -o /opt/x https://e",
    "curl -sSLo /opt/x https://e", "curl -sSfL --output-dir ../x -O https://e", "wget -P /opt https://e", "wget -qO/opt/x https://e",
    "git clone https://x/y /opt/y", "git clone https://x/y ../y", "git -C ../other reset --hard", "git -C /opt/x pull", "git init /opt/x",
    "go build -o /opt/x ./cmd", "gcc -o /opt/x x.c", "gcc x.c -o../x", "tsc --outDir /opt", "npm --prefix /opt install", "npm i --prefix=../x",
    "pip install --target=/opt/x y", "pip install -t ../x y", "patch -d ../x -p1", "patch /opt/x/f a.diff", "sed -i s/a/b/ ../x/f",
    "sed -i.bak -e s/a/b/ /opt/f", "dd if=a of=/opt/b", "truncate -s0 ../x", "mkdir -p /opt/x/y", "chmod +x ../x", "chown me ../x",
    "rsync -a src/ ../x/", "rsync -a src/ /opt/x --exclude y", "install -m755 a /opt/b", "make DESTDIR=/opt install", "make PREFIX=/opt/x install",
    "jest --config /tmp/x.js", "jest -c=/tmp/x.js", "npx jest --config=/tmp/x.js", "rollup -c /tmp/x.js", "vite -c ../x.js", "eslint -c /tmp/x.js .",
    "node -r /tmp/x.js a.js", "node --import file:///tmp/x.mjs a.js", "make -f /tmp/Makefile", "make -C ../x", "gradle -p ../x build",
    "pytest -c /tmp/p.ini", "find /opt/x -delete", "find .. -name x -delete", "find /opt -name x -exec rm {} +",
    "find ../x -type f -exec sed -i s/a/b/ {} \\;", "find /opt -name '*.md' | xargs sed -i s/a/b/", "ls /opt/* | xargs -I{} rm {}",
    "echo /opt/x | xargs touch", "bash -c 'touch /opt/x'", 'bash -c "cd .. && touch x"', 'eval "touch /opt/x"', "timeout 5 touch /opt/x",
    "env A=1 touch ../x", "nohup tee /opt/x", "docker run -v ../x:/x y", "docker run -v ~/x:/x y", "docker run -v /opt/x:/x y",
    "docker cp web:/a /opt/b", "docker compose -f /tmp/x.yml up", "sort -o /opt/x a", "cp {a,/opt}/x", "cp a /home/dev/app/../x",
    "cp a /home/dev/app2/x", "rm -rf /home/dev/other", "rm -rf ../other/*", "pushd ../x && touch y", "ffmpeg -i a.mp4 ../b.mp4",
    "magick a.png /opt/b.png", "zip ../x.zip a", "openssl rand -out /opt/x 3", "tee -a ../x", "cat a | tee ../x", "cp a \\\n  ../x",
    'touch "$PWD/../x"', "touch $(pwd)/../x", "touch `pwd`/../x", "mkdir ..//x", "cp a .././x", 'cp a "../x"', "cp a ''../x", "cp a .\\./x",
    "cp a $'..\\x2fx'", "java -jar /tmp/x.jar", "ruby -r/tmp/x a.rb", "mocha -r ../x", "uv run --project ../x y", "terraform -chdir=../x apply",
    "go -C ../x build", "tar -cf ../x.tar .", "gzip /opt/x", "prettier --write ../x", "git archive -o ../x.tgz HEAD", "git bundle create ../x --all",
    "git format-patch -o ../x HEAD", "split -b 1 a ../x", "csplit -f ../x a 1", 'while read f; do rm "$f"; done < <(find /opt)',
    "cat <<E > ../x\na\nE", "cat > ../x <<'E'\na\nE", "touch x/../../y", "touch ~dev/../x", "touch ~root/x", "tar -xf x.tar -C ~/.local/bin",
    "pip download -d ../x y", "cargo build --target-dir ../x", "cargo install --root /opt x", "printf x > /opt/x", "curl --libcurl ../x https://x.example", "node --cpu-prof --cpu-prof-dir ../x a.js", "zstd ../a", "uv build -o ../x", "zip -O ../x.zip a.zip",
    "wget --warc-file=../x https://x.example", "phpunit --coverage-clover ../x.xml", "pip install a --report ../x.json", "nyc -i ../x.js npm test", "hugo --cacheDir ../x", "mypy --xml-report ../x a",
    "pytest --log-file=../x", "ant -logfile ../x", "zip -lf ../x a.zip b", "printf -v o /opt/%s x; touch $o", "printf -v o %s /opt; touch $o/x", "[ -d x ] && touch ../x",
    "if true; then touch ../x; fi", "f() { touch ../x; }; f", "cmake --install build --prefix /opt", "ninja -C ../x", "xargs -a files rm ../x",
    "parallel touch ::: /opt/x", "git config --file ../x/.git/config a.b c", "cp -r a /", "mkdir /x", "python -m venv ../x", "busybox touch /opt/x",
    "command touch /opt/x", "\\touch /opt/x", "git checkout-index --prefix=/opt/ -a", "npm pack --pack-destination ../x",
    "esbuild a.ts --outfile=../x.js", "wget -O ../x https://e", "git worktree add /opt/x", "sed -n 'w ../x' a", 'awk \'{print > "../x"}\' a',
    "sed -i s/a/b/ ~/x/f", "cp -at /opt a", "cp --target=/opt a", "export D=/opt; touch $D/x", "D=../; touch ${D}x", "cp a /tmp/../opt/x",
    "rm -rf /tmp/../opt/x", "ln /opt/x y", "ln -s /opt/x y && echo a > y", "ln -sf /home/dev/other o", "cp -s /opt/x y",
    "mkdir a; cd a; mkdir b; touch ../../x",
    "cd -P; touch x", "cd -- && rm -rf x", "cd > a && touch x", "cd # home\ntouch x", "'cd'; touch x", 'c""d && touch x', "c\\d; touch x",
    "command cd /opt; touch x", "builtin cd; touch x", "command -p cd .. && touch x", "sh -c 'c\"\"d; touch x'", "eval 'c\\d; touch x'",
    'x=/opt; sh -c "touch $x/a"', "echo a >&/opt/x", "touch ${HOME}x",
    "touch ${PWD%/*}/x", 'echo a > "${PWD%/*}/x"', "cp a ${PWD/app/other}/x", "ln -s ${PWD%%d*} r", "git -C ${PWD%/*} reset --hard",
    "cp a $OLDPWD/x", "cp a ${PATH%%:*}/ls", "cp a $XDG_CONFIG_HOME/autostart/x", "cp a ${XDG_DATA_HOME:-x}/y", "touch ${x:-/opt/x}",
    "touch ${x=/opt/x}", "touch ${!X}/x", "cp a ${BASH%bash}x", "cp a {/opt/x,}", "cd /opt && cd ~/app && cp a $OLDPWD/x",
)  # fmt: skip

STAYING = (
    "nyc -r text npm test", "nyc --reporter=lcov npm test", "zstd -d a.zst -o b", "zstd -T0 a", "webpack --json", "pip install a --report -", "uv run pytest -o log_cli=true",
    "cd src && touch x", "cd -P src; touch x", "command cd src && touch x", "command; touch x", "bash -c 'touch x'", "touch $x", 'touch "$x/y"',
    "cat ../x", "ls /opt", "cp ../x/a .", "cp -r /usr/share/x vendor/", "cp ~/Downloads/a.png assets/", "ln -s ../shared shared",
    "ln -sfn ../packages/core node_modules/@acme/core", "mkdir -p /tmp/b && cp -r src /tmp/b && cd /tmp/b && ls", "cd packages/a && cp x ../b/y",
    "cd packages/a && npm ci && cd ../.. && touch x", "set -e\ncd packages/a\ntouch ../x", "(cd packages/a && npm ci) && touch y",
    "npm run dev > /tmp/dev.log 2>&1 &", "make -C packages/api test", "tar -xzf a.tgz -C vendor", "tar -C /etc -czf etc.tgz hosts",
    "tar -C ../x -cf - . | gzip > x.tgz", "git -C ../other log", "git -C ../other status", "git diff main..feature", "git log HEAD~3..",
    "git push origin main 2>/dev/null", "curl -sS localhost:3000/health -o /dev/null -w '%{http_code}'", "rm -rf ~/.cache/pip",
    "rm -rf ~/Library/Developer/Xcode/DerivedData/*", 'docker run --rm -v "$PWD":/src -w /src x',
    "docker run -v ~/.m2/repository:/root/.m2/repository x", "docker run -v $(pwd)/data:/data x",
    "docker run -v pgdata:/var/lib/postgresql/data postgres", "docker run -v ../x:/x:ro y", "sed -i 's#/opt/x#/usr/y#' f", "sed -e '/foo/d' -i f",
    "sed -i -e '/\\/opt/d' f", "find . -name '*.js' -exec sed -i 's#/a/#/b/#' {} +", "find /usr/include -name 'x.h' | xargs grep y",
    "find . -name x | xargs -I{} cp {} dist/", "find ~/Downloads -name '*.csv' -exec cp {} data/ \\;",
    "find ~/Downloads -name '*.csv' | xargs -I% cp % data/", "grep -rl foo ../x | xargs cat", 'OUT=build/x; mkdir -p $OUT && cp a "$OUT/"',
    'mkdir -p "$DIST" && cp a "$DIST"/x', 'TMP=$(mktemp -d) && cp -r src "$TMP/" && cd "$TMP" && touch x',
    'for f in src/*.ts; do sed -i \'s/a/b/\' "$f"; done', 'for d in packages/*/; do (cd "$d" && touch ../x.log); done', 'java -cp "lib/*:build" x',
    "java -jar ~/.m2/repository/x/y.jar", "node --require ./setup.js a.js", "node -r dotenv/config a.js", "mocha -r ts-node/register 'test/**/*.ts'",
    "jest -c jest.config.js -t '/api/'", "pytest -k 'not slow' -p no:cacheprovider", "gcc -I/usr/include -L/usr/lib -o x x.c",
    "g++ -isystem /opt/x/include -fno-omit-frame-pointer -o bin/x a.cpp", "go build -o bin/app ./...", "rsync -a --delete dist/ build/",
    "scp a host:/tmp/x", "echo a > /dev/null", "echo a >&2", "tee /dev/stderr < a", "cat a > /dev/tty", "dd if=/dev/zero of=tmp/x bs=1M",
    "install -d build && install -m 755 a build/", "mv a b && cd src && mv ../b .", "chmod 755 bin/cli", "cp /etc/hosts tests/fixtures/",
    "openssl req -x509 -newkey rsa:2048 -keyout tmp/k -out tmp/c -subj /CN=localhost", "unzip -p /opt/x.zip a > b",
    "curl -H 'Accept: /x' -d '/y' -o out.json https://e/../y", "curl https://e -d @../x.json", "git clone https://x/y /tmp/y",
    "git clone https://x/y vendor/y", "npx tsc -p ../../tsconfig.json --noEmit", "awk '{print $1}' /opt/x > y", 'cp "$HOME/x" .', "cat $HOME/x",
    "cd ~/other && git log", "cd /opt && ls", "cd ../other && git status && cat x", "pip install -r ../requirements.txt", "pip install -e ../lib",
    "cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE=/opt/x.cmake", "cmake -B build -G Ninja", "ffmpeg -i ../in.mp4 -vf scale=1:-1 out.mp4",
    "convert /opt/a.png b.png", "npm --prefix apps/web run lint", "yarn --cwd packages/a build", "ls | tee out.txt", "xargs -a files.txt wc -l",
    "prettier --check ../x", "git worktree list", "git worktree add ../app-feature -b feature", "terraform -chdir=infra plan -out=tf.plan",
    "find .. -name package.json -not -path '*/node_modules/*'", "test -f ../x || touch y", "diff <(ls ../x) <(ls y) > z", 'echo "$A/$B" > x',
    'cat a >> "$GITHUB_OUTPUT"', 'echo x > "$LOG_DIR/y"', 'touch "$(dirname "$F")/x"', 'cp a "$(git rev-parse --show-toplevel)/x"',
    'cd "$(git rev-parse --show-toplevel)" && touch x', "chmod -R u+w ./x", 'chown -R "$(id -u):$(id -g)" .',
    "wget -q https://e -O - | tar xz -C vendor", "gh run view 1 --log > /tmp/log",
    'cp .env.example .env.local && sed -i "s|^URL=.*|URL=/x/y|" .env.local', "docker cp web:/app/x ./x", "docker cp ./x web:/app/x",
    "docker build -t x -f ../Dockerfile .", "cat <<'E' > x\n/opt ../y ~/z\nE", "git commit -m 'move ../x to /opt/y'",
    "echo 'see /opt/x' >> README.md", "sed -i '' 's/a/b/' f", 'jq \'.a="/x"\' a.json > t && mv t a.json',
    "tar czf - src | ssh host 'tar xzf - -C /srv'", "docker exec web touch /opt/x", "docker run --rm alpine sh -c 'touch /opt/x'",
    "kubectl exec p -- touch /opt/x", "ssh host 'touch /opt/x'", "docker build -o type=local,dest=out .",
    "go test -coverprofile=c.out ./... && go tool cover -html=c.out -o c.html", "GOFLAGS=-mod=mod go build -o ./bin/ ./...",
    "npm pack --pack-destination dist", "pytest --basetemp=/tmp/p -o cache_dir=/tmp/c",
    "git -c core.quotepath=off ls-files -z | xargs -0 sed -i 's/[ \\t]*$//'",
    "git ls-files | xargs -n1 -I{} sh -c 'tail -c1 {} | read -r _ || echo >> {}'", 'while IFS= read -r l; do echo "$l"; done < ../x > y',
    'cd sub && make && cp out "$OLDPWD"/', "tar czf ${PWD##*/}.tgz src", 'cp a "${OUT:-build}/x"', 'for f in *.txt; do mv "$f" "${f%.txt}.md"; done',
    'PATH="$PATH:bin" touch x', 'cp a "$GITHUB_WORKSPACE/x"',
)  # fmt: skip

MISSED = (
    'cd "$(echo ..)" && touch x', "python3 -m zipfile -e a.zip ../x", 'tar xf a.tar -C "$(echo /opt)"', "cd $unset && touch x", "d=$(dirname $PWD); touch $d/x",
)  # fmt: skip


def where(text: str, facts: PathFacts = APP) -> set[str]:
    """Return the rules about where a command leads."""
    found = judge_command(text, CommandFacts(path=facts)).objections
    return {each.rule for each in found} & {"path-outside-roots", "path-system"}


@rows("text", LEAVING)
def test_what_a_command_writes_to_or_loads_must_be_below_a_root(text: str) -> None:
    assert where(text)


@rows("text", STAYING)
def test_a_command_may_read_what_it_likes_and_write_where_everybody_may(text: str) -> None:
    assert where(text) == set()


@rows("text", MISSED)
def test_what_is_computed_where_it_runs_is_not_known(text: str) -> None:
    assert where(text) == set()


@rows(
    "text",
    [
        "cd ../app;" * 20 + "touch x",
        "popd; touch ../x",
        "cd src && cd - && touch ../x",
        "cp " + "{a,b}{c,d} " * 1100 + " ../app/x",
        "find " + " ".join(f"a{each}/.." for each in range(12)) + " -exec rm {} ;",
        "D=/tmp/0;" + "".join(f"D=/tmp/{each};" for each in range(1, 12)) + "touch $D",
        "env " + "-Z /a " * 300,
        "".join(f"echo > {each};" for each in range(70)) + "cd .. && echo > x",
        "git -C .. -C . status && make -C ..",
        "cp a /opt/$X",
        "command cd .. && touch x",
        "builtin cd /opt && touch x",
        "eval cd .. && touch x",
        "eval 'cd ..' && touch x",
        "cd -P && touch x",
        "pushd -n && touch x",
        "chdir .. && touch x",
        "env -C /opt touch x",
        "env --chdir=.. touch x",
        "ls > /tmp/../opt/x",
        "ls >/tmp/x/../../opt/y",
        "ls > /tmp/x && touch /opt/y",
        "ls > /tmp/x{a,/../../opt/y}",
        "ls 2>/dev/null > /opt/x",
        "cd src && command cd - && touch ../x",
        "declare D=/opt; touch $D/x",
        "export D=.. && touch $D/x",
        "java -cp lib/a.jar:/tmp/x.jar x",
    ],
)
def test_where_a_command_may_lead_anywhere_it_leads_out(text: str) -> None:
    assert where(text) == {"path-outside-roots"}


@rows(
    "text",
    [
        "echo /tmp/a | xargs touch",
        "cat a | xargs touch",
        "set -e; cd src; touch ../x",
        "cd $X && touch x",
        "cd src && touch $X/../y",
        "touch $(dirname x)",
        "eval",
        "bash -c",
        "bash -c 'touch x' && ls ..",
        "find .. -exec",
        "touch -- .",
        "for x in a b c d e f g h i j k; do touch ../app/$x; done",
        "make CC=/opt/x",
        "fd . ~/x -x cat",
        "fd -x touch {} && ls ..",
        "kubectl exec x -- touch /opt/x",
        'echo "$(cd .. && pwd)" && touch x',
        "ls .. | while read x; do echo $x; done",
        "read x < ../a && touch y",
        "cp a $A/",
        "command && ls ..",
        "command -v cd && ls ..",
        "env A=/opt touch x",
        "cp a /home/$X",
        "node --import https://x/y.mjs z.js && ls ..",
    ],
)
def test_where_a_command_stays_nothing_is_said(text: str) -> None:
    assert where(text) == set()


def test_without_roots_only_the_system_is_closed() -> None:
    bare = replace(APP, roots=(), base="/")
    assert where("cp a /opt/x && make -f /tmp/x", bare) == set()
    assert where("sed -i s/a/b/ /etc/ssh/sshd_config", bare) == {"path-system"}
    assert where("ls > /dev/null", bare) == set()


def test_a_root_of_its_own_is_open() -> None:
    assert where("cp a /opt/x/b", replace(APP, roots=("/home/dev/app", "/opt/x"))) == set()


def test_without_a_home_a_path_below_one_is_outside() -> None:
    bare = replace(APP, home=None)
    assert where("touch ~/x", bare) == {"path-outside-roots"}
    assert where("rm -r ~/.cache/x", bare) == {"path-outside-roots"}
    assert where("cd && touch x", bare) == set()


def test_where_it_begins_may_be_unknown() -> None:
    assert where("touch ../x", replace(APP, base=None)) == set()
    assert where("touch /opt/x", replace(APP, base=None)) == {"path-outside-roots"}


def test_folders_of_windows_are_judged_by_its_rules() -> None:
    here = PathFacts(roots=("C:\\work",), base="C:\\work", home="C:\\Users\\dev", windows=True)
    assert where("cp a C:/work/b", here) == set()
    assert where("cp a C:/other/b", here) == {"path-outside-roots"}
    assert where("jest -c C:/other/b", here) == {"path-outside-roots"}


def test_what_is_our_own_is_no_credential_only_by_its_name() -> None:
    own = replace(APP, own=("/home/dev/app/state",), roots=("/home/dev/app",))
    assert "path-credential" in {
        each.rule for each in judge_command("touch ./../app/state/x", CommandFacts(path=own)).objections
    }


def test_files_that_nobody_shares_are_not_judged() -> None:
    assert judge_command("touch /opt/x", CommandFacts()).objections == ()
