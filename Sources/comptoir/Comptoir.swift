import ArgumentParser
import Configuration
import Till

@main
struct Comptoir: AsyncParsableCommand {
    func run() async throws { print("hello") }
}
