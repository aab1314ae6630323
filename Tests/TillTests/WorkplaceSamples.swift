import Foundation
import Shop

@testable import Store
@testable import Till

extension Samples {
    /// Two shops, or as many as fill a list, of which the reader chose one or none yet.
    static func workplaces(_ count: Int = 2, isChosen: Bool = true) -> Workplaces {
        let all = (0..<count).map { place in
            Workplace(
                id: ID(UUID()),
                code: "L\(Character(Unicode.Scalar(UInt8(65 + place))))",
                name: "Lille <\(place)>"
            )
        }
        return Workplaces(all: all, current: isChosen ? all[0] : nil, first: all[0])
    }

    static func bar(at path: String) -> WorkplaceBar? {
        let shops = workplaces()
        return WorkplaceBar(shops, shops.all[0], at: path)
    }

    static func workplace(_ words: Words) -> [any Page] {
        [
            WorkplacePage(
                picker: WorkplacePicker(words, workplaces(), next: "/devices"),
                isWaiting: false
            ),
            WorkplacePage(
                picker: WorkplacePicker(
                    words,
                    workplaces(13, isChosen: false),
                    sending: Form(encoded: "csrf=1&shop=XX&maker=Nokia&public=yes"),
                    to: "/devices"
                ),
                isWaiting: true
            ),
        ]
    }
}
