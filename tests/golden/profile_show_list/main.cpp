int work();

int main() { return work(); }
