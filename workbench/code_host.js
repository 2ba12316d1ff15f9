// The form's back end for code hosts that Decap has none for that keeps drafts: Gitee, and Gitea or Forgejo. One file a
// commit. As at home, what is saved becomes a draft in drafts/, which no build publishes; publishing writes the record
// first and removes the draft after, so that nothing is lost wherever it stops. Registered by editing.js; only pages
// written by `forms --host gitee|gitea` have this script.
"use strict";

(() => {
  const STATES = { draft: "草稿", pending_review: "待审查", pending_publish: "待发布" };
  const AT_ONCE = 6;

  const utf8 = (base64) =>
    new TextDecoder().decode(Uint8Array.from(atob(base64.replace(/\s/g, "")), (one) => one.charCodeAt(0)));

  function base64(text) {
    let binary = "";
    for (const byte of new TextEncoder().encode(text)) {
      binary += String.fromCharCode(byte);
    }
    return btoa(binary);
  }

  // Answers in the order asked, a few requests at a time.
  async function each(items, work) {
    const found = [];
    let next = 0;
    const run = async () => {
      while (next < items.length) {
        const place = next;
        next += 1;
        found[place] = await work(items[place]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, run));
    return found;
  }

  // What tells the two interfaces apart. `ask` gives what fetch is to be called with.
  const SERVICES = {
    gitee: {
      name: "码云",
      whereTokensAre: "在码云“设置”→“私人令牌”里生成，权限勾选 user_info 和 projects。",
      everything: { recursive: "1" },
      ask(address, method, given, token) {
        const parameters = new URLSearchParams({ access_token: token, ...given });
        const inBody = method === "POST" || method === "PUT";
        return [inBody ? address : `${address}?${parameters}`, { method, body: inBody ? parameters : undefined }];
      },
    },
    gitea: {
      name: "Gitea",
      whereTokensAre: "在 Gitea“设置”→“应用”里生成，权限勾选 repository（读写）和 user（读）。",
      everything: { recursive: "true", per_page: "1000" },
      ask(address, method, given, token) {
        const headers = { Authorization: `token ${token}` };
        if (method === "GET") {
          return [`${address}?${new URLSearchParams(given)}`, { method, headers }];
        }
        headers["Content-Type"] = "application/json";
        return [address, { method, headers, body: JSON.stringify(given) }];
      },
    },
  };

  class Refused extends Error {
    constructor(status, told, service) {
      const reasons = {
        401: "令牌不对或者已经过期，请退出后换一个令牌登录。",
        403: "这个账号没有写这个仓库的权限，或者访问得太频繁，请稍后再试。",
        404: `${service}上没有这个仓库、分支或文件。`,
        409: "刚刚有人改过这个文件。请复制您的修改，刷新页面后再保存。",
      };
      super(reasons[status] || `${service}没有接受：${told || status}`);
      this.status = status;
    }
  }

  class CodeHost {
    constructor(config) {
      const { repo, branch, api_root: root, service } = config.backend;
      this.service = SERVICES[service];
      this.root = `${root}/repos/${repo}`;
      this.api = root;
      this.branch = branch;
      this.folder = config.media_folder.replace(/\/attachments$/, "");
      this.token = "";
      this.texts = new Map(); // by the hash of what they hold, which never changes
    }

    // ---- the service's interface ----

    async ask(address, method = "GET", given = {}) {
      let answer;
      try {
        const [place, how] = this.service.ask(address, method, given, this.token);
        answer = await fetch(place, { ...how, cache: "no-store" });
      } catch {
        throw new Error(`连接不上${this.service.name}，没有保存。请检查网络后再试。`);
      }
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok) {
        // 400 or 422 where the file is no longer the one that was read
        const changed = [400, 422].includes(answer.status) && /sha|exist|已存在/i.test(told.message || "");
        throw this.refused(changed ? 409 : answer.status, told.message);
      }
      return told;
    }

    refused(status, told) {
      return new Refused(status, told, this.service.name);
    }

    contents(path) {
      return `${this.root}/contents/${path.split("/").map(encodeURIComponent).join("/")}`;
    }

    // Every file of the branch by its path, with the hash of what it holds.
    async tree() {
      const found = new Map();
      let told;
      let page = 0;
      do {
        page += 1;
        const given = { ...this.service.everything, page: String(page) };
        const before = found.size;
        told = await this.ask(`${this.root}/git/trees/${encodeURIComponent(this.branch)}`, "GET", given);
        told.tree.forEach((one) => found.set(one.path, one));
        if (told.truncated && found.size === before) {
          throw new Error(`${this.service.name}只给出了仓库的一部分文件，没有读写。文件太多，请在本机用 serve 编辑。`);
        }
      } while (told.truncated);
      return new Map([...found].filter(([, one]) => one.type === "blob"));
    }

    async blob(sha) {
      if (!this.texts.has(sha)) {
        this.texts.set(sha, (await this.ask(`${this.root}/git/blobs/${sha}`)).content);
      }
      return this.texts.get(sha);
    }

    async text(file) {
      return utf8(await this.blob(file.sha)).replace(/^\ufeff/, "");
    }

    async write(path, content, message, tree) {
      const before = tree.get(path);
      await this.ask(this.contents(path), before ? "PUT" : "POST", {
        content,
        message,
        branch: this.branch,
        ...(before ? { sha: before.sha } : {}),
      });
    }

    async remove(path, message, tree) {
      await this.ask(this.contents(path), "DELETE", { sha: tree.get(path).sha, message, branch: this.branch });
    }

    // ---- who it is ----

    authComponent() {
      return Login;
    }

    async authenticate({ token }) {
      this.token = token;
      const [user, repository] = await Promise.all([this.ask(`${this.api}/user`), this.ask(this.root)]);
      if (!(repository.permission || repository.permissions || {}).push) {
        throw this.refused(403);
      }
      return { name: user.name, login: user.login, avatar_url: user.avatar_url, token };
    }

    restoreUser(user) {
      return this.authenticate(user);
    }

    logout() {
      this.token = "";
    }

    getToken() {
      return Promise.resolve(this.token);
    }

    isGitBackend() {
      return true;
    }

    status() {
      return Promise.resolve({ auth: { status: true }, api: { status: true, statusPage: "" } });
    }

    // ---- what is there ----

    async entry(file) {
      return { file: { path: file.path, id: file.sha }, data: await this.text(file) };
    }

    async entriesByFolder(folder, extension) {
      const files = [...(await this.tree()).values()].filter(
        ({ path }) =>
          path.startsWith(`${folder}/`) &&
          !path.slice(folder.length + 1).includes("/") &&
          path.endsWith(`.${extension}`),
      );
      return each(files, (file) => this.entry(file));
    }

    async entriesByFiles(files) {
      return each(files, ({ path }) => this.getEntry(path));
    }

    async getEntry(path) {
      const file = (await this.tree()).get(path);
      if (!file) {
        throw this.refused(404);
      }
      return this.entry(file);
    }

    // ---- drafts ----

    draftOf(collection, slug) {
      return `${this.folder}/drafts/${collection}/${slug}.md`;
    }

    get statesFile() {
      return `${this.folder}/drafts/states.csv`;
    }

    async states(tree) {
      const file = tree.get(this.statesFile);
      const rows = file ? (await this.text(file)).split(/\r?\n/).slice(1) : [];
      return new Map(rows.filter(Boolean).map((row) => row.split(",")));
    }

    async noteState(collection, slug, state, tree) {
      const states = await this.states(tree);
      const before = states.get(`${collection}/${slug}`) || STATES.draft;
      if (STATES[state] === before) {
        return;
      }
      states.delete(`${collection}/${slug}`);
      if (state !== "draft") {
        states.set(`${collection}/${slug}`, STATES[state]);
      }
      const rows = [...states].sort().map((row) => `${row.join(",")}\n`);
      await this.write(
        this.statesFile,
        base64(`\ufeff草稿,进度\n${rows.join("")}`),
        `${collection}/${slug}：${STATES[state]}`,
        tree,
      );
    }

    async unpublishedEntries() {
      const start = `${this.folder}/drafts/`;
      const paths = [...(await this.tree()).keys()].filter((path) => path.startsWith(start) && path.endsWith(".md"));
      return paths.map((path) => path.slice(start.length, -".md".length));
    }

    async unpublishedEntry({ id, collection, slug }) {
      const [kind, name] = id ? id.split("/") : [collection, slug];
      const tree = await this.tree();
      if (!tree.has(this.draftOf(kind, name))) {
        const none = new Error("没有这件草稿。");
        none.name = "EDITORIAL_WORKFLOW_ERROR"; // what the form looks for
        none.notUnderEditorialWorkflow = true;
        throw none;
      }
      const path = `${this.folder}/${kind}/${name}.md`;
      const state = (await this.states(tree)).get(`${kind}/${name}`);
      return {
        collection: kind,
        slug: name,
        status: Object.keys(STATES).find((one) => STATES[one] === state) || "draft",
        diffs: [{ id: path, path, newFile: !tree.has(path) }],
        updatedAt: "",
      };
    }

    async unpublishedEntryDataFile(collection, slug) {
      return (await this.getEntry(this.draftOf(collection, slug))).data;
    }

    async unpublishedEntryMediaFile(collection, slug, path) {
      return this.getMediaFile(path);
    }

    async persistEntry({ dataFiles, assets }, { commitMessage }) {
      const tree = await this.tree();
      for (const asset of assets) {
        await this.write(asset.path, await asset.toBase64(), commitMessage, tree);
      }
      for (const { path, raw } of dataFiles) {
        const draft = path.replace(`${this.folder}/`, `${this.folder}/drafts/`);
        await this.write(draft, base64(raw), commitMessage, tree);
      }
    }

    async updateUnpublishedEntryStatus(collection, slug, state) {
      await this.noteState(collection, slug, state, await this.tree());
    }

    async publishUnpublishedEntry(collection, slug) {
      const tree = await this.tree();
      const draft = this.draftOf(collection, slug);
      const content = base64(await this.text(tree.get(draft)));
      await this.write(`${this.folder}/${collection}/${slug}.md`, content, `发布 ${collection}/${slug}`, tree);
      await this.remove(draft, `发布 ${collection}/${slug}：删去草稿`, tree);
      await this.noteState(collection, slug, "draft", await this.tree());
    }

    async deleteUnpublishedEntry(collection, slug) {
      await this.remove(this.draftOf(collection, slug), `删去草稿 ${collection}/${slug}`, await this.tree());
      await this.noteState(collection, slug, "draft", await this.tree());
    }

    deleteFiles() {
      return Promise.reject(new Error("公开过的信息要撤下，请写在 tombstones.csv 里。"));
    }

    getDeployPreview() {
      return Promise.resolve(null);
    }

    // ---- attachments ----

    async getMedia(folder) {
      const files = [...(await this.tree()).values()].filter(({ path }) => path.startsWith(`${folder}/`));
      return files.map(({ path, sha, size }) => ({
        id: sha,
        name: path.split("/").pop(),
        path,
        size,
        displayURL: { id: sha, path },
      }));
    }

    async getMediaDisplayURL({ id }) {
      const bytes = Uint8Array.from(atob((await this.blob(id)).replace(/\s/g, "")), (one) => one.charCodeAt(0));
      return URL.createObjectURL(new Blob([bytes]));
    }

    async getMediaFile(path) {
      const file = (await this.tree()).get(path);
      if (!file) {
        throw this.refused(404);
      }
      const url = await this.getMediaDisplayURL({ id: file.sha });
      return { id: file.sha, name: path.split("/").pop(), path, size: file.size, displayURL: url, url };
    }

    async persistMedia(asset, { commitMessage }) {
      await this.write(asset.path, await asset.toBase64(), commitMessage, await this.tree());
      return this.getMediaFile(asset.path);
    }
  }

  let Login;

  window.registerCodeHost = (service) => {
    const { name, whereTokensAre } = SERVICES[service];
    const { h, createClass } = window;
    Login = createClass({
      getInitialState() {
        return { token: "" };
      },
      enter(event) {
        event.preventDefault();
        this.props.onLogin({ token: this.state.token.trim() });
      },
      render() {
        return h(
          "form",
          { className: "gk-login", onSubmit: this.enter },
          h("h1", {}, `登录${name}`),
          h("label", { htmlFor: "gk-token" }, "访问令牌"),
          h("input", {
            id: "gk-token",
            type: "password",
            autoComplete: "off",
            required: true,
            value: this.state.token,
            onChange: (event) => this.setState({ token: event.target.value }),
          }),
          h("p", {}, `${whereTokensAre}令牌只存在这台电脑的浏览器里。`),
          this.props.error ? h("p", { className: "gk-wrong" }, String(this.props.error).replace(/^Error: /, "")) : null,
          h("button", { type: "submit" }, "登录"), // never disabled: the form stays "in progress" after a refusal
        );
      },
    });
    window.CMS.registerBackend("by-file", CodeHost);
  };
})();
