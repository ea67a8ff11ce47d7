#include "cli/application.hpp"

int main(int argc, char** argv) {
  return nevaperf::cli::run_application(argc, argv);
}
