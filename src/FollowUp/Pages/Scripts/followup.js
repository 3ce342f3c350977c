import { initAll as initGovuk } from './govuk-frontend.min.js'
import { initAll as initMoj } from './moj-frontend.min.js'

initGovuk()
initMoj()

// The buttons of these forms take along what was typed; whoever closes the page or leaves it otherwise is asked first
for (const form of document.querySelectorAll('form[data-keeps]')) {
  let isChanged = false
  form.addEventListener('input', () => { isChanged = true })
  form.addEventListener('submit', () => { isChanged = false })
  window.addEventListener('beforeunload', event => {
    if (isChanged) {
      event.preventDefault()
    }
  })
}
