// Environment variables. A program changes its own copy of them.
#include <string>

#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/pair.hpp"
#include "runtime/system/variables.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

node_task environ_list(input sig, output res, const variable_table& variables) {
  for (;;) {
    co_await sig.receive();
    list_builder all;
    for (const std::string& entry : variables.entries()) all.append(message::string(entry));
    co_await res.send(std::move(all).build());
  }
}

node_task getenv_(input key, output res, const variable_table& variables) {
  for (;;) {
    const message name = co_await key.receive();
    co_await res.send(message::string(variables.find(key.string(name)).value_or("")));
  }
}

node_task lookup_env(input key, output res, const variable_table& variables, const shape* form) {
  for (;;) {
    const message name = co_await key.receive();
    const std::optional<std::string> found = variables.find(key.string(name));
    co_await res.send(
        make_pair(form, message::boolean(found.has_value()), message::string(found.value_or(""))));
  }
}

node_task setenv_(input key, input value, output res, output err, variable_table& variables) {
  for (;;) {
    const auto [name, text] = co_await receive_both(key, value);
    if (variables.set(key.string(name), value.string(text)))
      co_await res.send(empty_structure());
    else
      co_await err.send(error_value("os.Setenv: setenv: invalid argument"));
  }
}

// `err` is a port of the function, but there is nothing that can go wrong.
node_task unsetenv_(input key, output res, variable_table& variables) {
  for (;;) {
    const message name = co_await key.receive();
    variables.unset(key.string(name));
    co_await res.send(empty_structure());
  }
}

node_task clearenv_(input sig, output res, variable_table& variables) {
  for (;;) {
    co_await sig.receive();
    variables.clear();
    co_await res.send(empty_structure());
  }
}

node_task expand_env(input data, output res, const variable_table& variables) {
  for (;;) {
    const message text = co_await data.receive();
    co_await res.send(message::string(variables.expand(data.string(text))));
  }
}

node_task temp_dir(input sig, output res, const variable_table& variables) {
  for (;;) {
    co_await sig.receive();
    co_await res.send(message::string(variables.temporary_folder()));
  }
}

constexpr function table[] = {
    {.ref = "os_environ",
     .ins = "sig",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return environ_list(b.in("sig"), b.out("res"), b.world.variables);
     },
     .summary = "The environment variables as a list of strings `KEY=VALUE`."},
    {.ref = "os_getenv",
     .ins = "key",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return getenv_(b.in("key"), b.out("res"), b.world.variables);
     },
     .summary = "The value of a variable; empty if it is not set."},
    {.ref = "os_lookup_env",
     .ins = "key",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return lookup_env(b.in("key"), b.out("res"), b.world.variables,
                         pair_shape("exists", "value"));
     },
     .summary = "A struct `{exists, value}` for a variable."},
    {.ref = "os_setenv",
     .ins = "key value",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return setenv_(b.in("key"), b.in("value"), b.out("res"), b.out("err"), b.world.variables);
     },
     .summary = "Sets a variable of this program, then sends a signal on `res`.",
     .errors = "`os.Setenv: setenv: invalid argument`: an empty key, one with `=`, or a zero byte"},
    {.ref = "os_unsetenv",
     .ins = "key",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return unsetenv_(b.in("key"), b.out("res"), b.world.variables);
     },
     .summary = "Removes a variable, then sends a signal on `res`.",
     .errors = "never: it is fine if there is no such variable"},
    {.ref = "os_clearenv",
     .ins = "sig",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return clearenv_(b.in("sig"), b.out("res"), b.world.variables);
     },
     .summary = "Removes all variables, then sends a signal on `res`."},
    {.ref = "os_expand_env",
     .ins = "data",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return expand_env(b.in("data"), b.out("res"), b.world.variables);
     },
     .summary = "`data` with `$NAME` and `${NAME}` replaced by the values of variables."},
    {.ref = "os_temp_dir",
     .ins = "sig",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return temp_dir(b.in("sig"), b.out("res"), b.world.variables);
     },
     .summary = "The folder for temporary files: `$TMPDIR`, or `/tmp`."},
};

}  // namespace

std::span<const function> os_variable_functions() {
  return table;
}

}  // namespace nevaperf::runtime
