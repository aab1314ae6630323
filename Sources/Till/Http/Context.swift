import HTTPTypes
import Shop
import Store

/// Around a call: who asks, in which language, and what draws the pages.
struct Context: Sendable {
    /// Who is signed in; nil on a route for anyone, and while the sign-in is locked.
    let visitor: Staff?
    /// Who locked the till and has not proved yet that they are back.
    let locked: Staff?
    /// The test bench that asks, on a route for benches alone.
    var bench: Staff?
    var language: Language
    /// The token that every write sends back.
    let csrf: String
    /// What the log and a person's screen say of this request.
    let requestID: String
    let isDemonstration: Bool
    /// Whether the asker sits at this very machine.
    let isAtHome: Bool
    /// Where the asker comes from. Only ever kept as a keyed hash.
    let address: String
    /// The token in the browser's cookie, or the new one that it is about to be given.
    let token: String
    let isNewToken: Bool
    /// The shop that was chosen in this browser; it counts where the reader holds a role there.
    let chosenShop: ShopCode?
    /// The path asked for, which the frame's forms come back to.
    let path: String
    let pages: Pages
    let table: RouteTable

    /// Who is signed in. Throws `signInNeeded`; never where the route names roles.
    var staff: Staff {
        get throws(Refusal) {
            guard let visitor else { throw Refusal(.signInNeeded) }
            return visitor
        }
    }

    /// The test bench that asks. Throws `stationTokenWrong`; never on a route for benches.
    var station: Staff {
        get throws(Refusal) {
            guard let bench else { throw Refusal(.stationTokenWrong) }
            return bench
        }
    }

    /// Where the reader holds one of these roles.
    func reach(_ roles: Set<Role>) throws(Refusal) -> Reach { try staff.reach(roles) }

    /// The words of the reader's language.
    var words: Words { pages.words(language) }

    /// Whether the reader's roles open this page.
    func mayOpen(_ path: String) -> Bool { table.opens(path, visitor) }

    /// The page in its frame.
    func page(
        _ page: some Page,
        _ status: HTTPResponse.Status = .ok,
        notice: String? = nil
    ) -> Answer {
        .html(pages.render(page, in: shell(notice: notice)), status)
    }

    func shell(notice: String? = nil) -> Shell {
        Shell(
            words,
            path: path,
            csrf: csrf,
            user: visitor.map { staff in
                Shell.User(
                    name: staff.name,
                    role: staff.refers?.structureName
                        ?? Role.allCases.filter { role in staff.roles.contains { $0.role == role } }
                        .map { $0.name(in: language) }.joined(separator: ", ")
                )
            },
            shop: visitor?.till?.shopName,
            till: visitor?.till?.name,
            demonstration: isDemonstration,
            notice: notice,
            mayOpen: mayOpen
        )
    }
}
