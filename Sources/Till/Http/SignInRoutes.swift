import Store

/// Who is at work on which device.
func signInRoutes(_ store: Store, _ cookies: Cookies, _ known: Known) -> [Route] {
    []
}
