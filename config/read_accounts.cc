#include <algorithm>

#include "config/sections.h"

namespace signalbox::config {
namespace {

/// `authors`: the word `members`, ids, or `{id, name}` with the public name shown for them.
void read_authors(Fields& fields, AccountEntry& account, Mistakes& mistakes) {
  const NodePtr node = fields.find("authors");
  if (!node) return;
  if (node->kind == Node::Kind::scalar && node->text == "members") {
    account.members = true;
    return;
  }
  account.authors.emplace();
  if (node->kind == Node::Kind::scalar && !node->text.empty()) {
    account.authors->push_back(node->text);
  } else if (node->kind == Node::Kind::list) {
    for (const auto& item : node->items) {
      if (item->kind == Node::Kind::scalar && !item->text.empty()) {
        account.authors->push_back(item->text);
        continue;
      }
      Fields author(item, "an author", mistakes);
      const std::string id = author.required("id");
      account.authors->push_back(id);
      if (const auto name = author.text("name")) account.author_names[id] = *name;
      author.refuse_rest();
    }
  } else {
    fields.refuse("authors", "must be a list of immutable ids, or `members`");
  }
}

void read_policy(Fields& fields, AccountEntry& account) {
  account.announce = fields.flag("announce");
  account.staff = fields.flag("staff");
  account.link_public = fields.flag("public");
  account.thread_replies = fields.choice<ThreadReplies>(
      "thread_replies", {{"update", ThreadReplies::update}, {"ignore", ThreadReplies::ignore}});
  account.notices = fields.choice<Notices>(
      "notices", {{"always", Notices::always}, {"addressed", Notices::when_addressed}});
}

AccountEntry read_account(NodePtr node, const Config& config, Mistakes& mistakes) {
  Fields fields(std::move(node), "an account", mistakes);
  AccountEntry account;
  account.place = fields.place();
  account.id = fields.id();
  account.kind = fields.required("kind");
  account.kind_place = fields.place("kind");
  account.base_url = account.kind == "email" ? fields.url("base_url", {"smtp", "smtps"})
                                             : fields.url("base_url", {"http", "https"});
  account.handle = fields.text("handle").value_or("");
  account.handle.erase(0, account.handle.find_first_not_of('@'));
  account.poll = fields.duration("poll", kLeastInterval);
  read_authors(fields, account, mistakes);
  if (account.members && account.kind != "slack") {
    fields.refuse("authors", "can be `members` for a slack channel only; list immutable ids");
  }
  read_policy(fields, account);
  Fields names(fields.find("author_names"), "`author_names`", mistakes);
  for (const auto& name : names.rest()) {
    if (const auto shown_as = names.text(name.key)) account.author_names[name.key] = *shown_as;
  }
  account.settings = settings_of(fields, &config.directory, mistakes);
  refuse_twice(config.accounts, account.id, fields);
  return account;
}

SourceEntry read_source(NodePtr node, const Config& config, Mistakes& mistakes) {
  Fields fields(std::move(node), "a source", mistakes);
  SourceEntry source;
  source.place = fields.place();
  source.id = fields.id();
  source.kind = fields.required("kind");
  source.kind_place = fields.place("kind");
  source.base_url = fields.url("base_url", {"http", "https"});
  source.every = fields.duration("every", kLeastInterval);
  source.settings = settings_of(fields, &config.directory, mistakes);
  refuse_twice(config.sources, source.id, fields);
  return source;
}

}  // namespace

void read_accounts(Fields& file, Config& config, Mistakes& mistakes) {
  for (const auto& node : items(file, "accounts")) {
    config.accounts.push_back(read_account(node, config, mistakes));
  }
  const auto& all = config.accounts;
  const auto local = [](const AccountEntry& account) { return account.kind == "local"; };
  const auto first = std::find_if(all.begin(), all.end(), local);
  if (first != all.end()) {
    const auto second = std::find_if(first + 1, all.end(), local);
    if (second != all.end()) {
      mistakes.add(second->place, "there is one local account, and line " +
                                      std::to_string(first->place.line) +
                                      " names it; remove this one");
    }
    return;
  }
  AccountEntry added;
  added.id = "local";
  added.kind = "local";
  const auto taken = std::find_if(all.begin(), all.end(),
                                  [](const auto& account) { return account.id == "local"; });
  if (taken != all.end()) {
    mistakes.add(taken->place,
                 "`local` is the id of the local account; give this one another, or "
                 "name the local one by `{id: …, kind: local}`");
    return;
  }
  config.accounts.push_back(std::move(added));
}

void read_sources(Fields& file, Config& config, Mistakes& mistakes) {
  for (const auto& node : items(file, "sources")) {
    config.sources.push_back(read_source(node, config, mistakes));
  }
}

}  // namespace signalbox::config
