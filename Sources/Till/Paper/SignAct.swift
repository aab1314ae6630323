public import Shop
public import Store

extension Papers {
    /// The act to print and to sign on paper. Throws `paperUnavailable`.
    public func handOver(_ act: HandOverAct) async throws -> [UInt8] {
        try await inFrench { HandOverPaper($0, act) }
    }

    /// Draws the act as it is signed, then signs it: nothing is written where the paper fails, or where anything changed
    /// while it was drawn. Throws as `Store.signHandOver` does, and `paperUnavailable`.
    public func sign(
        _ request: HandOverRequest,
        in store: Store,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> HandedOver {
        let act = try await store.handOverAct(
            request.ticket,
            in: request.language,
            reach: staff.reach(.sellers)
        )
        let document = try await inFrench {
            HandOverPaper($0, act, signed: request.signature, by: staff.operatorCode)
        }
        return try await store.signHandOver(
            request,
            act: act,
            document: document,
            key: key,
            by: staff
        )
    }
}

extension Context {
    /// What is drawn for the person, in whatever language the reader works.
    var papers: Papers { Papers(pages, in: .french, isDemonstration: isDemonstration) }
}
