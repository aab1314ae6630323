@testable import Till

extension Samples {
    static func till(_ words: Words) throws -> [any Page] {
        [
            try TillPage(
                words,
                tillID: "LI1",
                userID: "u1",
                firstDay: true,
                sellers: [.init(id: "u1", name: "Lina"), .init(id: "u2", name: "Karim")],
                programmes: [.init(code: "lille", name: "Lille 2022")]
            ),
            try TillPage(
                words,
                tillID: "LI1",
                userID: "u1",
                firstDay: false,
                sellers: [],
                programmes: []
            ),
        ]
    }
}
