// The whole command line: parses, runs one verb, gives the exit status.
#pragma once

namespace nevaperf::cli {

int run_application(int argc, char** argv);

}  // namespace nevaperf::cli
