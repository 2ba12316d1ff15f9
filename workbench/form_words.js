// What the form says, in the words of an office; whatever is not here stays as Decap has it in Chinese.
"use strict";

(() => {
  const WORDS = {
    app: { header: { content: "信息", workflow: "草稿进度", media: "附件", quickAdd: "新写一件" } },
    collection: {
      sidebar: { collections: "信息类别", allCollections: "所有类别", searchAll: "查找所有类别…", searchIn: "查找" },
      collectionTop: { newButtonAriaLabel: "新写一件“%{collectionLabel}”" },
      entries: { loadingEntries: "正在读取…", cachingEntries: "正在读取…", noEntries: "这一类还没有信息" },
    },
    editor: {
      editorControl: { field: { optional: "可先不填" } },
      editorControlPane: {
        widget: { required: "请填写“%{fieldLabel}”", regexPattern: "“%{fieldLabel}”的写法不对：%{pattern}" },
      },
      editor: {
        onLeavePage: "有修改还没有保存，确定离开吗？",
        onUpdatingWithUnsavedChanges: "有修改还没有保存，请先保存，再改状态。",
        onPublishingNotReady: "审查完以后，请先把状态改为“就绪”，再发布。改过的稿件要重新审查，状态回到“草稿”。",
        onPublishingWithUnsavedChanges: "有修改还没有保存，请先保存，再发布。",
        onPublishing: "确定发布吗？",
        onDeleteUnpublishedChanges: "没有发布的修改都会删去，网站上的不变。确定吗？",
        onDeleteUnpublishedChangesWithUnsavedChanges: "没有保存和没有发布的修改都会删去，网站上的不变。确定吗？",
        confirmLoadBackup: "这台电脑上存有上次没有保存的内容，要接着写吗？",
      },
      editorToolbar: {
        backCollection: "%{collectionLabel}",
        changesSaved: "没有未保存的修改",
        unsavedChanges: "有修改没有保存",
        deployPreviewPendingButtonLabel: "查看预览",
        deleteUnpublishedChanges: "删去没有发布的修改",
        deleteUnpublishedEntry: "删去草稿",
      },
      editorWidgets: {
        markdown: {
          bold: "加粗",
          italic: "斜体",
          strikethrough: "删除线",
          code: "代码",
          link: "链接",
          linkPrompt: "请写链接的网址",
          quote: "引文",
          bulletedList: "项目列表",
          numberedList: "编号列表",
        },
        file: { choose: "选一个文件", chooseDifferent: "换一个文件", remove: "去掉文件" },
      },
    },
    mediaLibrary: { mediaLibraryModal: { deleting: "正在删去…", noAssetsFound: "还没有附件" } },
    ui: {
      settingsDropdown: { logOut: "退出" },
      toast: {
        onFailToLoadEntries: "没有读出来：%{details}",
        onFailToPersist: "没有保存：%{details}",
        onFailToDelete: "没有删去：%{details}",
        onFailToUpdateStatus: "状态没有改成：%{details}",
        missingRequiredField: "还有必填的没有填写，已标成红色，填好再保存。",
        entrySaved: "草稿已保存",
        onFailToPublishEntry: "%{details}",
        onDeleteUnpublishedChanges: "草稿已删去",
      },
    },
    workflow: {
      workflow: { workflowHeading: "草稿进度", newPost: "新写一件", loading: "正在读取草稿…" },
      workflowList: { onPublishingNotReadyEntry: "先把卡片拖到“就绪”一列，再发布。" },
    },
  };

  function laidOver(below, above) {
    const both = { ...below };
    for (const [name, value] of Object.entries(above)) {
      both[name] = typeof value === "string" ? value : laidOver(below[name] || {}, value);
    }
    return both;
  }

  window.useOfficeWords = () => {
    window.CMS.registerLocale("zh_Hans", laidOver(window.CMS.getLocale("zh_Hans"), WORDS));
    // An answer's reason is written for the editor; the name of the error is not.
    const asText = Error.prototype.toString;
    Error.prototype.toString = function toString() {
      return this.name === "API_ERROR" ? this.message : asText.call(this);
    };
  };
})();
